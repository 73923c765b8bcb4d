/**
 * Folders of vars that no generator defines any more. Nothing is said about a machine whose generators are not
 * all known.
 *
 *   vars/per-machine/web/old-token/token   without a generator old-token   ->   { generator: "old-token", machine: "web" }
 */
import type { EvalHost } from "../../nix/host.ts";
import { resolvePath } from "../../nix/path.ts";
import type { Machine, NameSet } from "../model.ts";
import type { Generator, MachineVars, OrphanedVars } from "./model.ts";
import type { VarsFolders } from "./stores.ts";

/** Sorted by path. */
export function collectOrphans(
  folders: VarsFolders,
  machines: NameSet<Machine>,
  of: (machine: string) => MachineVars,
  host: EvalHost,
): readonly OrphanedVars[] {
  const found: OrphanedVars[] = [];
  const add = (machine: string | undefined, isDefined: (generator: string) => boolean): void => {
    for (const root of folders.roots(machine))
      for (const generator of foldersIn(root, host))
        if (!isDefined(generator)) found.push({ path: resolvePath(root, generator), generator, machine });
  };
  for (const machine of new Set(folders.machineRoots().flatMap((root) => foldersIn(root, host)))) {
    if (machines.known.has(machine)) {
      const { generators } = of(machine);
      if (generators.open === undefined) add(machine, (name) => mayBe(generators.known.get(name), false));
    } else if (machines.open === undefined) add(machine, () => false);
  }
  const all = [...machines.known.keys()].map((machine) => of(machine).generators);
  if (machines.open === undefined && all.every(({ open }) => open === undefined))
    add(undefined, (name) => all.some(({ known }) => mayBe(known.get(name), true)));
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** It is there and shared, or not; or that is not known. */
function mayBe(generator: Generator | undefined, shared: boolean): boolean {
  return generator !== undefined && generator.share !== !shared;
}

function foldersIn(path: string, host: EvalHost): string[] {
  return [...(host.readDir(path) ?? [])].flatMap(([name, type]) => (type === "directory" ? [name] : []));
}
