/**
 * The files in which a clan's things can be mentioned: those its evaluation read, and all other Nix files
 * beside it, such as modules that only a machine imports.
 */

import type { Snapshot } from "../project/snapshot.ts";
import type { Source } from "../syntax/ast.ts";
import type { Clan } from "./model.ts";

/** Folders with more than this are not searched any further: nobody writes that many files by hand. */
const MAX_FILES = 5_000;

/**
 * Sorted by path. Only files of the workspace: those of flake inputs are not for us to change. `isWanted` looks at the
 * text, so that files which have nothing to do with the question need not be parsed.
 */
export function collectSources(
  clan: Clan,
  snapshot: Snapshot,
  isWanted: (text: string, path: string) => boolean = () => true,
): Source[] {
  const roots = [...snapshot.roots, clan.root];
  const paths = new Set([...clan.files].filter((path) => roots.some((root) => path.startsWith(`${root}/`))));
  const pending = [clan.root];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop())
    for (const [name, type] of snapshot.readDir(folder) ?? []) {
      const path = `${folder}/${name}`;
      if (type === "directory" && !name.startsWith(".") && name !== "node_modules") pending.push(path);
      else if (type === "regular" && name.endsWith(".nix") && paths.size < MAX_FILES) paths.add(path);
    }
  return [...paths].sort().flatMap((path) => {
    const text = isSource(path) ? snapshot.readFile(path) : undefined;
    return text !== undefined && isWanted(text, path) ? (snapshot.source(path) ?? []) : [];
  });
}

/** Whether a text can hold one of the names; true for all texts where a name may be written in several ways. */
export function mentions(names: Iterable<string>): (text: string) => boolean {
  const all = [...names];
  return all.every((name) => /^[\w.+@-]+$/.test(name))
    ? (text) => all.some((name) => text.includes(name))
    : () => true;
}

function isSource(path: string): boolean {
  return path.endsWith(".nix") || path.endsWith("/inventory.json");
}
