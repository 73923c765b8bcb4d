/**
 * The clans of a workspace: each folder that has one, evaluated and built.
 *
 *   evaluateClans(snapshot)   ->   [ Clan at /work/infra, Clan at /work/infra/examples/lab ]
 *
 * A workspace folder without a flake or a clan of its own is searched for folders that have one.
 */
import type { FileSystem } from "../project/file-system.ts";
import { findFlakeAbove } from "../project/project-root.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { type Reader, readerOf } from "../project/tracked-snapshot.ts";
import { type BuiltClan, buildClan } from "./build-clan.ts";
import { type EntryOptions, findClans } from "./entry.ts";
import type { Clan } from "./model.ts";
import { clanOptions } from "./schema/clan-options.ts";
import { KeptMachines, MachinePool } from "./vars/kept-machines.ts";

/** How far below a workspace folder clans are looked for: far enough for a monorepo, quick on any disk. */
const SEARCH_DEPTH = 3;

/** In order of their folders. A defect of ours in one folder leaves it without clans where `onDefect` is given. */
export function evaluateClans(
  snapshot: Snapshot,
  options: Omit<EntryOptions, "clanOptions"> = {},
  onDefect?: (folder: string, thrown: unknown) => void,
): readonly Clan[] {
  return collectProjects(snapshot).flatMap((folder) => {
    try {
      return evaluateProject(readerOf(snapshot), folder, options).map(({ clan }) => clan);
    } catch (thrown) {
      if (onDefect === undefined) throw thrown;
      onDefect(folder, thrown);
      return [];
    }
  });
}

/**
 * The clans of one folder; their machines may be taken from the pool. What they read without their machines is asked
 * of `shared`. Never throws.
 */
export function evaluateProject(
  reader: Reader,
  folder: string,
  options: Omit<EntryOptions, "clanOptions"> = {},
  pool = new MachinePool(),
  shared: Snapshot = reader.snapshot,
): readonly BuiltClan[] {
  return findClans(shared, folder, { ...options, clanOptions }).map((found, index) =>
    buildClan(found, reader, new KeptMachines(pool, `${index}`)),
  );
}

/** The folders that have a flake or a clan, sorted. */
export function collectProjects(snapshot: Snapshot): readonly string[] {
  const found = snapshot.roots.flatMap((root) => projectsBelow(snapshot, root, SEARCH_DEPTH));
  return [...new Set(found)].sort();
}

/**
 * Where a folder's clan is looked for: in it and below it, or, as Nix does, in the flake above it. The file system is
 * asked before anything may be read.
 */
export function findClanFolder(files: Pick<FileSystem, "fileType" | "readDir">, folder: string): string {
  const above = findFlakeAbove(files, folder);
  return above !== undefined && projectsBelow(files, folder, SEARCH_DEPTH).length === 0 ? above : folder;
}

/** The folder itself if it is a project, else the outermost projects below it. */
function projectsBelow(
  snapshot: Pick<FileSystem, "readDir">,
  folder: string,
  depth: number,
): readonly string[] {
  const entries = snapshot.readDir(folder);
  if (entries === undefined) return [];
  if (["flake.nix", "clan.nix", "inventory.nix"].some((name) => entries.has(name))) return [folder];
  if (depth === 0) return [];
  return [...entries].flatMap(([name, type]) => {
    if (type !== "directory" || name.startsWith(".") || name === "node_modules") return [];
    return projectsBelow(snapshot, `${folder === "/" ? "" : folder}/${name}`, depth - 1);
  });
}
