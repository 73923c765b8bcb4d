/**
 * What is read from the configuration of a machine. Each part is made when it is first asked for; none hangs on the
 * clan but by what the evaluation was given, so all of it can be taken over together.
 *
 *   new MachineConfiguration(evaluation, finder).generators()   ->   evaluates the modules of the machine
 */
import { once } from "../../modules/lazy-type.ts";
import type { NodeIndex } from "../../modules/node-index.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import { findOpen, originsOf, unknownPart } from "../definitions.ts";
import type { NameSet } from "../model.ts";
import type { MachineEvaluation } from "./machine-evaluation.ts";
import { indexMachine } from "./machine-index.ts";
import type { ServiceOrigins } from "./machine-inputs.ts";
import { generatorsPath } from "./machine-options.ts";
import type { MissingArgument } from "./missing-arguments.ts";
import type { CoreRead, Generator, GeneratorOrigin, VarsReference } from "./model.ts";
import { readGenerator } from "./read-generators.ts";
import { dependencyReferences, type ReferenceFinder } from "./references.ts";
import { scriptReferences } from "./script-references.ts";

export class MachineConfiguration {
  readonly generators: () => NameSet<Generator>;
  readonly references: () => readonly VarsReference[];
  readonly coreReads: () => readonly CoreRead[];
  readonly missingArguments: () => readonly MissingArgument[];
  readonly index: () => NodeIndex;
  /** Files in which the modules are written. */
  readonly files: () => ReadonlySet<string>;

  constructor(
    readonly evaluation: MachineEvaluation,
    finder: ReferenceFinder,
  ) {
    this.generators = once(() => collectGenerators(evaluation));
    this.files = once(() => evaluation.files());
    this.missingArguments = once(() => evaluation.missingArguments());
    this.index = once(() => indexMachine(evaluation.root));
    const sourcesOf = () => [...this.files()].sort().flatMap((path) => evaluation.host.source(path) ?? []);
    this.coreReads = once(() => finder.inCore(sourcesOf(), evaluation.root));
    this.references = once(() => {
      const sources = sourcesOf();
      const generators = this.generators();
      return [
        ...finder.inConfiguration(sources, evaluation.root),
        ...[...generators.known.values()].flatMap((generator) => [
          ...dependencyReferences(generator),
          ...scriptReferences(generator, generators),
        ]),
      ];
    });
  }
}

function collectGenerators({ machine, root, services, unseen }: MachineEvaluation): NameSet<Generator> {
  const options = [...(root.at(...generatorsPath)?.children() ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  const known = options.map(([name, option]): [string, Generator] => [
    name,
    readGenerator(name, machine, option, originOf(option, services)),
  ]);
  // Asked for last: modules are loaded when somebody looks at the options.
  const [hidden] = unseen;
  const open = findOpen(root, generatorsPath) ?? (hidden && unknownPart(generatorsPath, hidden, root));
  return { known: new Map(known), open: open ?? services.open };
}

function originOf(option: OptionNode, { writtenBy, bundled }: ServiceOrigins): GeneratorOrigin {
  for (const origin of originsOf(option))
    for (const [node, { instance, service }] of writtenBy)
      if (node.source === origin.source && node.start <= origin.start && origin.end <= node.end)
        return { kind: "service", instance, service };
  for (const { file } of option.definitions) {
    const found = file === undefined ? undefined : bundled.get(file);
    if (found !== undefined) return { kind: "catalogue", ...found };
  }
  return { kind: "configuration" };
}
