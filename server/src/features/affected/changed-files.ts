/**
 * The files that say something else than before: a comment or another layout is no change.
 *
 *   web.nix: { a = 1; }   ->   { a = 1; } # one      no change
 */

import { pathOf } from "../../nix/closure-text.ts";
import { isWithin } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Source } from "../../syntax/ast.ts";
import { sourceCode } from "../../syntax/code-text.ts";
import { walk } from "../../syntax/navigate.ts";

export interface FileChange {
  /** Absolute. */
  readonly path: string;
}

/** Sorted. */
export function changedFiles(
  before: Snapshot | undefined,
  after: Snapshot,
  paths: Iterable<string>,
): readonly FileChange[] {
  return [...paths]
    .sort()
    .filter((path) => !isSame(before?.source(path), after.source(path), path))
    .map((path) => ({ path }));
}

/** Only code can be the same in other words; of other files, that they differ is all there is to know. */
function isSame(before: Source | undefined, after: Source | undefined, path: string): boolean {
  if (!path.endsWith(".nix") || before === undefined || after === undefined) return false;
  return sourceCode(before) === sourceCode(after);
}

/** The paths, and those that the Nix files among them name, and so on. */
export function withNamedFiles(paths: Iterable<string>, snapshot: Snapshot): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...paths];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const file = snapshot.isDirectory(path) ? `${path}/default.nix` : path;
    const source = file.endsWith(".nix") ? snapshot.source(file) : undefined;
    if (source === undefined) continue;
    walk(source.root, (node) => {
      if (node.kind === "path") pending.push(pathOf(node));
    });
  }
  return found;
}

/** Whether the file is one of the paths, or lies in a folder that is. */
export function isReferredTo(file: string, paths: ReadonlySet<string>): boolean {
  for (const path of paths) if (isWithin(file, path)) return true;
  return false;
}
