/**
 * The files clan brings into a machine by itself, without anybody importing them. (clan-core's
 * nixosModules/machineModules/forName.nix.)
 *
 *   machines/web/{configuration,disko,users}.nix   ->   configuration.nix and disko.nix, of web
 */
import { resolvePath } from "../nix/path.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Clan, Machine } from "./model.ts";

export interface MachineFile {
  readonly machine: Machine;
  /** Absolute. */
  readonly path: string;
}

const nixosFiles = ["configuration.nix", "hardware-configuration.nix", "disko.nix", "facter.json"];
const darwinFiles = ["configuration.nix"];

/** Those that are there. */
export function collectMachineFiles(
  snapshot: Snapshot,
  { directory, machines }: Pick<Clan, "directory" | "machines">,
): MachineFile[] {
  if (directory === undefined) return [];
  // Most machines of a large clan have no folder.
  const folders = snapshot.readDir(resolvePath(directory, "machines"));
  const withFolder = [...machines.known.values()].filter(({ name }) => folders?.has(name));
  return withFolder.flatMap((machine) =>
    (machine.class === "darwin" ? darwinFiles : nixosFiles)
      .map((file) => ({ machine, path: resolvePath(directory, `machines/${machine.name}/${file}`) }))
      .filter(({ path }) => snapshot.fileType(path) === "regular"),
  );
}
