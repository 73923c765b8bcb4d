/**
 * The vars of a clan: for each machine the generators its configuration has.
 *
 *   clan.vars.of("web").generators.known.get("ca")   ->   { files { "ca.pem" … }, share: true, … }
 */
import { once } from "../../modules/lazy-type.ts";
import { resolvePath } from "../../nix/path.ts";
import type { UnknownPart } from "../model.ts";
import { ForeignModules } from "./foreign-modules.ts";
import type { KeptMachines } from "./kept-machines.ts";
import { MachineAlone } from "./machine-alone.ts";
import { type CodeOfMachines, isWritten } from "./machine-evaluation.ts";
import { LazyMachineVars } from "./machine-vars.ts";
import type { ClanVars, MachineVars } from "./model.ts";
import { collectOrphans } from "./orphans.ts";
import { machinesWithCode } from "./service-modules.ts";
import type { VarsSource } from "./source.ts";
import { readState } from "./state.ts";
import { readSecretStore, VarsFolders } from "./stores.ts";

/** So many machines are evaluated that somebody wrote code for: five times the largest clans, and a fifth of a gigabyte. */
const MAX_WRITTEN = 1_000;

const notAll: UnknownPart = {
  path: "machines",
  reason: `of machines with code of their own no more than ${MAX_WRITTEN} are evaluated`,
  node: undefined,
};

/** Nothing is evaluated before somebody asks for a machine. */
export function collectVars(source: VarsSource, kept: KeptMachines): ClanVars {
  const { directory, runner } = source;
  const foreign = once(() => new ForeignModules(source.flake.inputs.values(), source.runner));
  const code: CodeOfMachines = {
    folders: once(() => (directory && runner.host.readDir(resolvePath(directory, "machines"))) || new Map()),
    withServiceCode: once(() => machinesWithCode(source)),
  };
  const { known } = source.machines;
  kept.keep(known.keys());
  const isLarge = known.size > MAX_WRITTEN;
  const beyond = once(() => writtenBeyond(source, code));
  const machines = new Map<string, MachineVars>();
  const of = (name: string): MachineVars => {
    const machine = known.get(name);
    if (machine === undefined) return notEvaluated(name, "there is no machine of that name");
    if (isLarge && beyond().has(name)) return notEvaluated(name, notAll.reason);
    const vars =
      machines.get(name) ??
      new LazyMachineVars(machine, source, (one) => kept.get(one, source, foreign()), code);
    machines.set(name, vars);
    return vars;
  };
  const folders =
    directory === undefined ? undefined : new VarsFolders(directory, readSecretStore(source.tree));
  return {
    of,
    machinesReading: (path) => machinesReading(path, source, of),
    alone: (name) => {
      const machine = known.get(name);
      const isEvaluated = machine !== undefined && !(isLarge && beyond().has(name));
      return isEvaluated ? new MachineAlone(machine, source, foreign, code) : undefined;
    },
    state: (generator) =>
      folders === undefined ? { status: "unknown", files: new Map() } : readState(generator, folders, runner),
    orphans: () => (folders === undefined ? [] : collectOrphans(folders, source.machines, of, runner.host)),
    get open() {
      return source.machines.open ?? (isLarge && beyond().size > 0 ? notAll : undefined);
    },
  };
}

function* machinesReading(
  path: string,
  { directory, machines }: VarsSource,
  of: (name: string) => MachineVars,
): Iterable<MachineVars> {
  const isOwn = (name: string): boolean => path.startsWith(`${directory}/machines/${name}/`);
  const names = [...machines.known.keys()];
  for (const name of [...names.filter(isOwn), ...names.filter((one) => !isOwn(one))]) {
    const vars = of(name);
    if (vars.isWritten && vars.files.has(path)) yield vars;
  }
}

/** Of a clan whose machines nobody has looked at: whatever they have is unknown. */
export const unseenVars: ClanVars = {
  of: (machine) => notEvaluated(machine, "its configuration has not been evaluated"),
  machinesReading: () => [],
  alone: () => undefined,
  state: () => ({ status: "unknown", files: new Map() }),
  orphans: () => [],
  open: { path: "machines", reason: "their configurations have not been evaluated", node: undefined },
};

/** The names of those that are too many. */
function writtenBeyond(source: VarsSource, code: CodeOfMachines): ReadonlySet<string> {
  const written = [...source.machines.known.values()].filter((one) => isWritten(one, source, code));
  return new Set(written.slice(MAX_WRITTEN).map(({ name }) => name));
}

function notEvaluated(machine: string, reason: string): MachineVars {
  return {
    machine,
    isWritten: false,
    root: undefined,
    option: undefined,
    generators: { known: new Map(), open: { path: `machines.${machine}`, reason, node: undefined } },
    references: [],
    coreReads: [],
    missingArguments: [],
    index: new Map(),
    files: new Set(),
    read: new Set(),
  };
}
