/**
 * Folding: what stretches over several lines and can be shown as its first. It reads the syntax alone, so that
 * it works in every Nix file.
 *
 *   web = {            ->   from behind the `{` to the end of the line before `}`
 *     tags = [ ];
 *   };
 */
import type { Node, Source } from "../syntax/ast.ts";
import { type Comment, collectComments } from "../syntax/comments.ts";
import { LineIndex } from "../syntax/line-index.ts";
import { walk } from "../syntax/navigate.ts";
import type { Range } from "./query.ts";

export interface Fold extends Range {
  readonly kind: "comment" | "imports" | "region";
}

/** In source order; of those that begin on one line, the longest. Empty for JSON, which editors fold themselves. */
export function collectFolds(source: Source): Fold[] {
  if (source.language !== "nix") return [];
  const folds: Fold[] = [];
  walk(source.root, (node) => {
    const fold = foldOf(node);
    if (fold !== undefined) folds.push(fold);
  });
  for (const range of collectCommentBlocks(source)) folds.push({ kind: "comment", ...range });
  return longestOfEachLine(source.text, folds).sort((a, b) => a.start - b.start);
}

function foldOf(node: Node): Fold | undefined {
  const { text } = node.source;
  switch (node.kind) {
    case "attrset":
      return between(text, text.indexOf("{", node.start) + 1, node.end - 1);
    case "list":
      return between(text, node.start + 1, node.end - 1);
    case "binding": {
      const [name] = node.path;
      if (name?.name !== "imports" || node.path.length > 1 || node.value.kind !== "list") return undefined;
      return between(text, node.value.start + 1, node.value.end - 1, "imports");
    }
    case "string":
      return node.indented ? between(text, node.start + 2, node.end - 2) : undefined;
    case "let":
      return between(text, node.start + "let".length, node.bindings.at(-1)?.end ?? node.start);
    case "param":
      if (node.formals === undefined) return undefined;
      return between(text, text.indexOf("{", node.start) + 1, text.lastIndexOf("}", node.end));
    default:
      return undefined;
  }
}

/** Undefined where it would hide no line. A closing bracket that begins its line stays in sight. */
function between(text: string, start: number, end: number, kind: Fold["kind"] = "region"): Fold | undefined {
  const last = lastLineBefore(text, end);
  return /[\r\n]/.test(text.slice(start, last)) ? { kind, start, end: last } : undefined;
}

/** The end of the line before that of `offset`, if nothing but space stands between; else `offset`. */
function lastLineBefore(text: string, offset: number): number {
  const space = /\r?\n[ \t]*$/.exec(text.slice(Math.max(0, offset - 200), offset));
  return space === null ? offset : offset - space[0].length;
}

/** Block comments, and line comments that follow each other with nothing in between, over more than a line. */
function collectCommentBlocks({ text, ...source }: Source): Range[] {
  const blocks: Range[] = [];
  let block: Comment | undefined;
  for (const comment of collectComments({ text, ...source })) {
    const isMore =
      block !== undefined &&
      !block.isBlock &&
      !comment.isBlock &&
      /^\r?\n[ \t]*$/.test(text.slice(block.end, comment.start));
    if (isMore && block !== undefined) blocks.pop();
    block = isMore && block !== undefined ? { ...comment, start: block.start } : comment;
    blocks.push(block);
  }
  return blocks
    .filter(({ start, end }) => /[\r\n]/.test(text.slice(start, end)))
    .map(({ start, end }) => ({ start, end }));
}

/** An editor shows one fold a line. */
function longestOfEachLine(text: string, folds: readonly Fold[]): Fold[] {
  const lines = new LineIndex(text);
  const longest = new Map<number, Fold>();
  for (const fold of folds) {
    const { line } = lines.position(fold.start);
    const other = longest.get(line);
    if (other === undefined || other.end < fold.end) longest.set(line, fold);
  }
  return [...longest.values()];
}
