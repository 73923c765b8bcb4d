/**
 * The files that say something else than before: a comment or another layout is no change.
 *
 *   web.nix: { a = 1; }   ->   { a = 1; } # one      no change
 */

import { pathOf } from "../../nix/closure-text.ts";
import { isWithin } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { PathExpr, Source } from "../../syntax/ast.ts";
import { codeText, sourceCode } from "../../syntax/code-text.ts";
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

/**
 * What the code of changed files says, with the changed files it names: the same text for one that was only moved, and
 * for one that names it at its new place.
 */
export class FileContents {
  private readonly texts = new Map<string, string>();

  constructor(
    private readonly snapshot: Snapshot,
    private readonly changed: ReadonlySet<string>,
  ) {}

  /** Undefined where there is no such file. */
  of(path: string): string | undefined {
    const source = path.endsWith(".nix") ? this.snapshot.source(path) : undefined;
    const text = source === undefined ? this.snapshot.readFile(path) : undefined;
    if (source === undefined) return text && `${path.slice(path.lastIndexOf("/"))} ${text}`;
    const known = this.texts.get(path);
    if (known !== undefined) return known;
    // For files that name each other.
    this.texts.set(path, path);
    const found = source.problems.length > 0 ? source.text : codeText(source.root, { path: this.named });
    this.texts.set(path, found);
    return found;
  }

  private readonly named = (node: PathExpr): string => {
    const path = pathOf(node);
    if (node.parts.length > 1) return `${path} ${node.source.text.slice(node.start, node.end)}`;
    const file = this.snapshot.isDirectory(path) ? `${path}/default.nix` : path;
    const isMoved = this.changed.has(file) && file.endsWith(".nix");
    return (isMoved ? this.of(file) : undefined) ?? path;
  };
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
    pending.push(...pathsIn(source));
  }
  return found;
}

const literals = new WeakMap<Source, readonly string[]>();

/** Absolute paths that the file names; the same files are asked of for each machine. */
function pathsIn(source: Source): readonly string[] {
  let found = literals.get(source);
  if (found === undefined) {
    const paths: string[] = [];
    walk(source.root, (node) => {
      if (node.kind === "path") paths.push(pathOf(node));
    });
    found = paths;
    literals.set(source, found);
  }
  return found;
}

/** Whether the file is one of the paths, or lies in a folder that is. */
export function isReferredTo(file: string, paths: ReadonlySet<string>): boolean {
  for (const path of paths) if (isWithin(file, path)) return true;
  return false;
}
