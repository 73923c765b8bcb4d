/**
 * The clans of a workspace: each folder that has one, evaluated and built.
 *
 *   evaluateClans(snapshot)   ->   [ Clan at /work/infra, Clan at /work/infra/examples/lab ]
 *
 * A workspace folder without a flake or a clan of its own is searched for folders that have one.
 */
import type { Snapshot } from "../project/snapshot.ts";
import { buildClan } from "./build-clan.ts";
import { type EntryOptions, findClans } from "./entry.ts";
import type { Clan } from "./model.ts";
import { clanOptions } from "./schema/clan-options.ts";

/** How far below a workspace folder clans are looked for: far enough for a monorepo, quick on any disk. */
const SEARCH_DEPTH = 3;

/** In order of their folders. Never throws. */
export function evaluateClans(
  snapshot: Snapshot,
  options: Omit<EntryOptions, "clanOptions"> = {},
): readonly Clan[] {
  const roots = new Set(snapshot.roots.flatMap((root) => collectProjects(snapshot, root, SEARCH_DEPTH)));
  return [...roots]
    .sort()
    .flatMap((root) => findClans(snapshot, root, { ...options, clanOptions }).map(buildClan));
}

/** The folder itself if it is a project, else the outermost projects below it. */
function collectProjects(snapshot: Snapshot, folder: string, depth: number): readonly string[] {
  const entries = snapshot.readDir(folder);
  if (entries === undefined) return [];
  if (["flake.nix", "clan.nix", "inventory.nix"].some((name) => entries.has(name))) return [folder];
  if (depth === 0) return [];
  return [...entries].flatMap(([name, type]) => {
    if (type !== "directory" || name.startsWith(".") || name === "node_modules") return [];
    return collectProjects(snapshot, `${folder === "/" ? "" : folder}/${name}`, depth - 1);
  });
}
