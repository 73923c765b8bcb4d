/**
 * The files of a flake that its clan needs: those its evaluation read, those clan imports into machines, and
 * what they name with a path. The modules of machines are not all evaluated, but what they import is written
 * in them.
 *
 *   { imports = [ ./users.nix ]; }   in machines/web/configuration.nix   ->   machines/web/users.nix
 */

import { isWithin, parentPath, resolvePath } from "../nix/path.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { PathExpr } from "../syntax/ast.ts";
import { walk } from "../syntax/navigate.ts";
import { collectMachineFiles } from "./machine-files.ts";
import type { Clan, Machine } from "./model.ts";

export interface NeededFile {
  /** Absolute. */
  readonly path: string;
  /** The machine that clan brings it into by itself. */
  readonly machine: Machine | undefined;
  /** Files whose text seems to name it. */
  readonly mentionedIn: readonly string[];
  /** The clan needs it, whether a path really names it or not. */
  readonly isRead: boolean;
}

/** Regular files inside `folder`, sorted by path. */
export function collectNeededFiles(snapshot: Snapshot, clan: Clan, folder: string): readonly NeededFile[] {
  const needed = new Map<string, NeededFile>();
  const mentions = new Map<string, string[]>();
  const machines = new Map(collectMachineFiles(snapshot, clan).map(({ path, machine }) => [path, machine]));
  const add = (path: string, isRead: boolean): void => {
    if (needed.has(path) || !isWithin(path, folder) || snapshot.fileType(path) !== "regular") return;
    const mentionedIn: string[] = [];
    mentions.set(path, mentionedIn);
    needed.set(path, { path, machine: machines.get(path), mentionedIn, isRead });
  };
  for (const path of [...clan.files, ...machines.keys()]) add(path, true);
  // What is added meanwhile is visited, too.
  for (const path of needed.keys()) {
    if (!path.endsWith(".nix")) continue;
    for (const named of findMentions(snapshot, path)) {
      add(named, false);
      mentions.get(named)?.push(path);
    }
  }
  return [...needed.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Where the file is named, first by file and place; undefined if it is only reached by its folder's. */
export function findNamingPath(snapshot: Snapshot, file: NeededFile): PathExpr | undefined {
  for (const path of [...file.mentionedIn].sort()) {
    let found: PathExpr | undefined;
    const source = snapshot.source(path);
    if (source === undefined) continue;
    walk(source.root, (node) => {
      if (node.kind !== "path" || node.parts.length !== 1 || found !== undefined) return;
      const [part] = node.parts;
      if (part?.kind === "text" && fileNamed(snapshot, path, part.text) === file.path) found = node;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `./x.nix` and `../x`, wherever they stand: reading the text is far quicker than parsing the file. */
const relativePath = /(?<![\w.+~/-])\.{1,2}\/[\w.+/-]*[\w+-]/g;

/** Files the text of `path` seems to name; some may be in comments. */
function findMentions(snapshot: Snapshot, path: string): Set<string> {
  const found = (snapshot.readFile(path) ?? "").match(relativePath) ?? [];
  return new Set(found.flatMap((written) => fileNamed(snapshot, path, written) ?? []));
}

/** The file a path written in `path` means; of a folder with a default.nix, that. */
function fileNamed(snapshot: Snapshot, path: string, written: string): string | undefined {
  const target = resolvePath(parentPath(path), written);
  const type = snapshot.fileType(target);
  return type === "directory" ? `${target}/default.nix` : type && target;
}
