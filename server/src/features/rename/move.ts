/**
 * Folders and files that get another name, and the paths in code that lead to them.
 *
 *   movesOf(machine web, "db")   ->   machines/web -> machines/db, vars/per-machine/web -> …
 */

import type { Clan } from "../../clan/model.ts";
import type { EvalHost } from "../../nix/host.ts";
import { isWithin } from "../../nix/path.ts";
import type { TextEdit } from "../../rules/finding.ts";
import type { Source } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import type { Entity } from "../entity.ts";
import { foldersOf, renamedFolder } from "../occurrences/folders.ts";
import { pathSegments } from "../occurrences/paths.ts";

export interface Move {
  readonly from: string;
  readonly to: string;
}

export function movesOf(entity: Entity, newName: string, host: EvalHost): Move[] {
  return foldersOf(entity, host).map((from) => ({ from, to: renamedFolder(from, entity.name, newName) }));
}

/** The innermost first: each can be made as it is written, one after the other. Each once. */
export function inOrder(moves: readonly Move[]): Move[] {
  const unique = new Map(moves.map((move) => [move.from, move]));
  return [...unique.values()].sort((a, b) => b.from.length - a.from.length || (a.from < b.from ? -1 : 1));
}

/** Where `path` is after the moves. */
export function movedPath(path: string, moves: readonly Move[]): string {
  return moves.reduce((now, { from, to }) => (isWithin(now, from) ? to + now.slice(from.length) : now), path);
}

/** The edits of paths in code that go through a folder that is moved. */
export function pathEdits(clan: Clan, source: Source, moves: readonly Move[]): TextEdit[] {
  const edits: TextEdit[] = [];
  walk(source.root, (node) => {
    for (const { folder, start, end } of pathSegments(clan, node)) {
      const move = moves.find(({ from }) => from === folder);
      if (move === undefined) continue;
      const text = move.to.slice(move.to.lastIndexOf("/") + 1);
      if (source.text.slice(start, end) !== text) edits.push({ path: source.path, start, end, text });
    }
  });
  return edits;
}
