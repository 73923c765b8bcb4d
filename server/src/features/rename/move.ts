/**
 * Folders and files that get another name, and the paths in code that lead to them.
 *
 *   movesOf(machine web, "db")   ->   machines/web -> machines/db, vars/per-machine/web -> …
 */

import type { Clan } from "../../clan/model.ts";
import { mentions } from "../../clan/sources.ts";
import type { EvalHost } from "../../nix/host.ts";
import { isWithin } from "../../nix/path.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { targetOf } from "../../rules/fix/repoint.ts";
import type { Node, Source } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import { isPathName, printInString, printPath } from "../../syntax/print-path.ts";
import { printString } from "../../syntax/quote.ts";
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

/** Whether a file can have a path that leads somewhere else after the moves: it names what moves, or moves itself. */
export function concern(moves: readonly Move[]): (text: string, path: string) => boolean {
  const names = moves.map(({ from }) => nameOf(from));
  // A folder, which means its default.nix, can be named by dots alone.
  const isNamed = names.includes("default.nix") ? () => true : mentions(names);
  return (text, path) => isNamed(text) || moves.some(({ from }) => isWithin(path, from));
}

/** An edit of a path in code. */
export interface PathEdit extends TextEdit {
  /** The absolute path it leads to or through after the moves. */
  readonly leadsTo: string;
}

/** The edits of paths in code that go through a folder that gets another name at its place. */
export function pathEdits(clan: Clan, source: Source, moves: readonly Move[]): PathEdit[] {
  const edits: PathEdit[] = [];
  walk(source.root, (node) => {
    const segments = pathSegments(clan, node).flatMap(({ folder, start, end }) => {
      const move = moves.find(({ from }) => from === folder);
      if (move === undefined) return [];
      return [{ start, end, name: nameOf(move.to), leadsTo: movedPath(folder, moves) }];
    });
    if (segments.length === 0) return;
    const whole = rewritten(node, segments, moves);
    edits.push(...(whole === undefined ? segments.map((segment) => segmentEdit(node, segment)) : [whole]));
  });
  return edits.filter(({ start, end, text }) => source.text.slice(start, end) !== text);
}

interface RenamedSegment {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly leadsTo: string;
}

/** The whole path, where a name cannot stand in a path literal, and nothing of the path is computed. */
function rewritten(
  node: Node,
  segments: readonly RenamedSegment[],
  moves: readonly Move[],
): PathEdit | undefined {
  if (node.kind !== "path" || node.parts.length > 1) return undefined;
  const target = targetOf(node);
  if (target === undefined || segments.every(({ name }) => isPathName(name))) return undefined;
  const { path, text } = node.source;
  let written = "";
  let at = node.start;
  for (const { start, end, name } of segments) {
    written += text.slice(at, start) + name;
    at = end;
  }
  written += text.slice(at, node.end);
  const begun = /^\.{0,2}\//.test(written) ? written : `./${written}`;
  return {
    path,
    start: node.start,
    end: node.end,
    text: printPath(begun),
    leadsTo: movedPath(target, moves),
  };
}

function segmentEdit(node: Node, { start, end, name, leadsTo }: RenamedSegment): PathEdit {
  const { path } = node.source;
  if (node.kind !== "path") {
    const string = node.kind === "binary" ? node.right : node;
    const text = printInString(name, string.kind === "string" && string.indented);
    return { path, start, end, text, leadsTo };
  }
  const begin = start === node.start ? "./" : "";
  const text = isPathName(name) ? name : `${begin}\${${printString(name)}}`;
  return { path, start, end, text, leadsTo };
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
