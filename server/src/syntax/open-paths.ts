/**
 * An attribute path that is still being written takes the next binding for its end. Nix reads it so, but nobody
 * goes on with a path in the next line, at the column where the path began: it is taken for a mistake there.
 *
 *   roles.
 *   roles.peer.tags.all = { };     ->   `roles.` without a name, and roles.peer.tags.all
 */
import type { Binding, Source, SyntaxProblem } from "./ast.ts";
import { nodesAt } from "./navigate.ts";

/** What is written of the path: its beginning, and the dot at its end. */
export interface OpenPath {
  readonly start: number;
  readonly dot: number;
}

/** A line of nothing but names and dots that ends with a dot: quick to find, and rare. */
const openLine = /^[ \t]*[\w"'{}$-][\w."'{}$-]*\.[ \t]*$/gm;

/** In a file without errors; in order. */
export function findOpenPaths(source: Source): readonly OpenPath[] {
  return [...source.text.matchAll(openLine)].flatMap(({ index, 0: line }) => {
    const dot = index + line.lastIndexOf(".");
    return nodesAt(source, dot).flatMap((node) =>
      node.kind === "binding" && continuesBelow(node, dot) ? { start: node.start, dot } : [],
    );
  });
}

/** The text with the half of a path taken out, so that offsets hold. */
export function takeOutPath(text: string, { start, dot }: OpenPath): string {
  return text.slice(0, start) + " ".repeat(dot + 1 - start) + text.slice(dot + 1);
}

export function openPathProblem({ dot }: OpenPath): SyntaxProblem {
  return { start: dot, end: dot + 1, message: "Expected a name after `.`." };
}

/** The next name of the path is in a later line, not further right than the path's first. */
function continuesBelow({ path, source: { text }, start }: Binding, dot: number): boolean {
  const next = path.find((name) => name.start > dot);
  if (next === undefined || path[0] === next || !text.slice(dot, next.start).includes("\n")) return false;
  return columnOf(text, next.start) <= columnOf(text, start);
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}
