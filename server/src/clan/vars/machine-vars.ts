/**
 * The vars of one machine. Each part is made when it is first asked for.
 *
 *   new LazyMachineVars(web, source, shared).generators   ->   evaluates the modules of `web`
 */
import { once } from "../../modules/lazy-type.ts";
import type { NodeIndex } from "../../modules/node-index.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { Source } from "../../syntax/ast.ts";
import { findOpen, originsOf, unknownPart } from "../definitions.ts";
import type { Machine, NameSet } from "../model.ts";
import type { ForeignModules } from "./foreign-modules.ts";
import { evaluateMachine, isWritten, type MachineEvaluation } from "./machine-evaluation.ts";
import { indexMachine } from "./machine-index.ts";
import { generatorsPath } from "./machine-options.ts";
import type { Generator, GeneratorOrigin, MachineVars, VarsReference } from "./model.ts";
import { readGenerator } from "./read-generators.ts";
import { dependencyReferences, type ReferenceFinder } from "./references.ts";
import { scriptReferences } from "./script-references.ts";
import type { ServiceModules } from "./service-modules.ts";
import type { VarsSource } from "./source.ts";

/** What the machines of a clan have in common. */
export interface SharedByMachines {
  readonly foreign: ForeignModules;
  readonly references: ReferenceFinder;
}

export class LazyMachineVars implements MachineVars {
  readonly machine: string;
  private readonly evaluation: () => MachineEvaluation;
  private readonly foundWritten: () => boolean;
  private readonly foundGenerators: () => NameSet<Generator>;
  private readonly foundReferences: () => readonly VarsReference[];
  private readonly foundIndex: () => NodeIndex;
  private readonly foundFiles: () => ReadonlySet<string>;

  constructor(machine: Machine, source: VarsSource, shared: SharedByMachines) {
    this.machine = machine.name;
    this.evaluation = once(() => evaluateMachine(machine, source, shared.foreign));
    this.foundWritten = once(() => isWritten(machine, source));
    this.foundGenerators = once(() => collectGenerators(machine.name, this.evaluation()));
    this.foundFiles = once(() => this.evaluation().files());
    this.foundIndex = once(() => indexMachine(this.root));
    this.foundReferences = once(() => [
      ...shared.references.inConfiguration(this.sources(source), this.root),
      ...[...this.generators.known.values()].flatMap((generator) => [
        ...dependencyReferences(generator),
        ...scriptReferences(generator, this.generators),
      ]),
    ]);
  }

  get isWritten(): boolean {
    return this.foundWritten();
  }

  get root(): OptionNode {
    return this.evaluation().root;
  }

  get option(): OptionNode | undefined {
    return this.root.at(...generatorsPath);
  }

  get generators(): NameSet<Generator> {
    return this.foundGenerators();
  }

  get references(): readonly VarsReference[] {
    return this.foundReferences();
  }

  get index(): NodeIndex {
    return this.foundIndex();
  }

  get files(): ReadonlySet<string> {
    return this.foundFiles();
  }

  private sources({ runner }: VarsSource): Source[] {
    return [...this.files].sort().flatMap((path) => runner.host.source(path) ?? []);
  }
}

function collectGenerators(machine: string, evaluation: MachineEvaluation): NameSet<Generator> {
  const { root, services, unseen } = evaluation;
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

function originOf(option: OptionNode, { writtenBy, bundled }: ServiceModules): GeneratorOrigin {
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
