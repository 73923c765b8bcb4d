/**
 * The vars of a clan: for each machine the generators its configuration has.
 *
 *   clan.vars.of("web").generators.known.get("ca")   ->   { files { "ca.pem" … }, share: true, … }
 */
import { once } from "../../modules/lazy-type.ts";
import { resolvePath } from "../../nix/path.ts";
import { ForeignModules } from "./foreign-modules.ts";
import type { KeptMachines } from "./kept-machines.ts";
import { LazyMachineVars } from "./machine-vars.ts";
import type { ClanVars, MachineVars } from "./model.ts";
import { collectOrphans } from "./orphans.ts";
import { machinesWithCode } from "./service-modules.ts";
import type { VarsSource } from "./source.ts";
import { readState } from "./state.ts";
import { readSecretStore, VarsFolders } from "./stores.ts";

/** Nothing is evaluated before somebody asks for a machine. */
export function collectVars(source: VarsSource, kept: KeptMachines): ClanVars {
  const { directory, runner } = source;
  const foreign = once(() => new ForeignModules(source.flake.inputs.values(), source.runner));
  // Most machines of a large clan have none.
  const machineFolders = once(
    () => (directory && runner.host.readDir(resolvePath(directory, "machines"))) || new Map(),
  );
  const withCode = once(() => machinesWithCode(source));
  kept.keep(source.machines.known.keys());
  const machines = new Map<string, MachineVars>();
  const of = (name: string): MachineVars => {
    const machine = source.machines.known.get(name);
    if (machine === undefined) return noMachine(name);
    const vars =
      machines.get(name) ??
      new LazyMachineVars(
        machine,
        source,
        (one) => kept.get(one, source, foreign()),
        machineFolders,
        withCode,
      );
    machines.set(name, vars);
    return vars;
  };
  const folders =
    directory === undefined ? undefined : new VarsFolders(directory, readSecretStore(source.tree));
  return {
    of,
    machinesReading: (path) => machinesReading(path, source, of),
    state: (generator) =>
      folders === undefined ? { status: "unknown", files: new Map() } : readState(generator, folders, runner),
    orphans: () => (folders === undefined ? [] : collectOrphans(folders, source.machines, of, runner.host)),
    open: source.machines.open,
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
  of: (machine) => withoutConfiguration(machine, "its configuration has not been evaluated"),
  machinesReading: () => [],
  state: () => ({ status: "unknown", files: new Map() }),
  orphans: () => [],
  open: { path: "machines", reason: "their configurations have not been evaluated", node: undefined },
};

function noMachine(machine: string): MachineVars {
  return withoutConfiguration(machine, "there is no machine of that name");
}

function withoutConfiguration(machine: string, reason: string): MachineVars {
  return {
    machine,
    isWritten: false,
    root: undefined,
    option: undefined,
    generators: { known: new Map(), open: { path: `machines.${machine}`, reason, node: undefined } },
    references: [],
    index: new Map(),
    files: new Set(),
    read: new Set(),
  };
}
