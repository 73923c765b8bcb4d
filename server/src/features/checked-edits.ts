/**
 * Edits that we make by ourselves are looked at before they are offered: what they write can be read, and a path
 * leads where it should. One that fails this is not offered.
 *
 *   ./parts/extra.nix  ->  ./my parts/extra.nix      leads to ./my: it is left out
 */
import type { Clan } from "../clan/model.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { TextEdit } from "../rules/finding.ts";
import { targetOf } from "../rules/fix/repoint.ts";
import type { Node, Source } from "../syntax/ast.ts";
import { walk } from "../syntax/navigate.ts";
import { pathSegments } from "./occurrences/paths.ts";
import { inOrder } from "./occurrences.ts";
import type { Range } from "./query.ts";
import { withEdits } from "./rename/apply-edits.ts";
import { type Move, movedPath, type PathEdit } from "./rename/move.ts";
import { MovedSnapshot } from "./rename/moved-snapshot.ts";

/** Whether no edit lies over another one, and every file has no more problems than before. */
export function readsWell(
  snapshot: Snapshot,
  edits: readonly TextEdit[],
  creates: ReadonlyMap<string, string> = new Map(),
): boolean {
  const sorted = [...edits].sort(inOrder);
  if (sorted.some((edit, index) => overlaps(sorted[index - 1], edit))) return false;
  const edited = withEdits(snapshot, sorted);
  const after = [...creates].reduce((state, [path, text]) => state.with(path, text), edited);
  const problems = (state: Snapshot, path: string): number => state.source(path)?.problems.length ?? 0;
  const paths = new Set([...sorted.map(({ path }) => path), ...creates.keys()]);
  return [...paths].every((path) => !isCode(path) || problems(after, path) <= problems(snapshot, path));
}

function overlaps(before: TextEdit | undefined, { path, start }: TextEdit): boolean {
  return before !== undefined && before.path === path && start < before.end;
}

function isCode(path: string): boolean {
  return path.endsWith(".nix") || path.endsWith(".json");
}

/** Those of the sorted `edits` after which the paths lead, once the moves are made, to what they are meant to. */
export function leadRight(
  clans: readonly Clan[],
  snapshot: Snapshot,
  edits: readonly PathEdit[],
  moves: readonly Move[],
): PathEdit[] {
  const after = new MovedSnapshot(withEdits(snapshot, edits), moves);
  return [...new Set(edits.map(({ path }) => path))].flatMap((path) => {
    const own = edits.filter((edit) => edit.path === path);
    const source = after.source(movedPath(path, moves));
    if (source === undefined || !readsWell(snapshot, own)) return [];
    const reached = clans.flatMap((clan) => collectReached(clan, source));
    let grown = 0;
    return own.filter(({ start, end, text, leadsTo }) => {
      const written = { start: start + grown, end: start + grown + text.length };
      grown += text.length - (end - start);
      return reached.some(({ path, node }) => path === leadsTo && touch(node, written));
    });
  });
}

interface Reached {
  readonly path: string;
  readonly node: Node;
}

/** What the paths of a file lead to and through. */
function collectReached(clan: Clan, source: Source): Reached[] {
  const reached: Reached[] = [];
  walk(source.root, (node) => {
    const target = node.kind === "path" || node.kind === "binary" ? targetOf(node) : undefined;
    if (target !== undefined) reached.push({ path: target, node });
    for (const { folder } of pathSegments(clan, node)) reached.push({ path: folder, node });
  });
  return reached;
}

function touch(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}
