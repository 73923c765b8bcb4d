/**
 * Where a node starts, as Nix tells positions: lines and columns from 1, columns in bytes of UTF-8.
 *
 *   `{ é = 1; }`, the node `1`   ->   { line: 1, column: 8 }
 */
import type { Node } from "../syntax/ast.ts";
import { LineIndex } from "../syntax/line-index.ts";
import { tellPlaces } from "../syntax/told-places.ts";
import type { Position } from "./context.ts";

/** `lines` is the index of the node's file, if one is at hand. */
export function positionOf(node: Node, lines = new LineIndex(node.source.text)): Position {
  tellPlaces(node.source);
  const { line, column } = lines.position(node.start, "utf-8");
  return { file: node.source.path, line: line + 1, column: column + 1 };
}

/** `file:line:column`, as messages name a place. */
export function positionText(node: Node): string {
  const { file, line, column } = positionOf(node);
  return `${file}:${line}:${column}`;
}
