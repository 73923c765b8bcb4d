/**
 * Where a node starts, as Nix tells positions: lines and columns from 1, columns in bytes of UTF-8.
 *
 *   `{ é = 1; }`, the node `1`   ->   { line: 1, column: 8 }
 */
import type { Node } from "../syntax/ast.ts";
import type { Position } from "./context.ts";

export function positionOf(node: Node): Position {
  const { text, path } = node.source;
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < node.start; at = text.indexOf("\n", at + 1)) {
    line++;
    lineStart = at + 1;
  }
  const before = text.slice(lineStart, node.start);
  return { file: path, line, column: new TextEncoder().encode(before).length + 1 };
}

/** `file:line:column`, as messages name a place. */
export function positionText(node: Node): string {
  const { file, line, column } = positionOf(node);
  return `${file}:${line}:${column}`;
}
