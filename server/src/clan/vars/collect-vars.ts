/**
 * The vars of a clan: for each machine the generators its configuration has.
 *
 *   clan.vars.of("web").generators.known.get("ca")   ->   { files { "ca.pem" … }, share: true, … }
 */
import type { OptionNode } from "../../modules/option-node.ts";
import { findOpen, originsOf, unknownPart } from "../definitions.ts";
import type { Machine, NameSet } from "../model.ts";
import { ForeignModules } from "./foreign-modules.ts";
import { evaluateMachine, type MachineEvaluation } from "./machine-evaluation.ts";
import { generatorsPath } from "./machine-options.ts";
import type { ClanVars, Generator, GeneratorOrigin, MachineVars } from "./model.ts";
import { readGenerator } from "./read-generators.ts";
import type { ServiceModules } from "./service-modules.ts";
import type { VarsSource } from "./source.ts";

/** Nothing is evaluated before somebody asks for a machine. */
export function collectVars(source: VarsSource): ClanVars {
  const machines = new Map<string, MachineVars>();
  const foreign = new ForeignModules(source.flake.inputs.values(), source.runner);
  return {
    of: (name) => {
      let vars = machines.get(name);
      if (vars === undefined) {
        vars = varsOf(name, source, foreign);
        machines.set(name, vars);
      }
      return vars;
    },
    state: () => ({ status: "unknown", files: new Map() }),
    orphans: () => [],
    open: source.machines.open,
  };
}

function varsOf(name: string, source: VarsSource, foreign: ForeignModules): MachineVars {
  const machine = source.machines.known.get(name);
  if (machine === undefined) {
    const reason = "there is no machine of that name";
    const open = { path: `machines.${name}`, reason, node: undefined };
    return { machine: name, option: undefined, generators: { known: new Map(), open }, references: [] };
  }
  const evaluation = evaluateMachine(machine, source, foreign);
  return {
    machine: name,
    option: evaluation.root.at(...generatorsPath),
    generators: collectGenerators(machine, evaluation),
    references: [],
  };
}

function collectGenerators(machine: Machine, evaluation: MachineEvaluation): NameSet<Generator> {
  const { root, services, unseen } = evaluation;
  const options = [...(root.at(...generatorsPath)?.children() ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  const known = options.map(([name, option]): [string, Generator] => [
    name,
    readGenerator(name, machine.name, option, originOf(option, services)),
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
