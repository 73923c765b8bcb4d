/**
 * A file open in an editor: its text, edited in place, and a syntax tree kept in step by reparsing only
 * what an edit touched. Owns its tree; `dispose` frees it.
 */
import type { Source } from "./ast.ts";
import { lowerTree } from "./lower.ts";
import type { NixParser, Tree } from "./parser.ts";

/** Replaces [start, end) of the text as it is when the edit's turn comes (UTF-16 offsets). */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export class NixDocument {
  private tree: Tree;
  private lowered: Source | undefined;

  constructor(
    private readonly parser: NixParser,
    readonly path: string,
    private current: string,
  ) {
    this.tree = parser.parse(current);
  }

  get text(): string {
    return this.current;
  }

  /** The tree of the present text, made when first asked for. */
  get source(): Source {
    this.lowered ??= lowerTree(this.parser, this.tree, this.path, this.current);
    return this.lowered;
  }

  /** Applies the changes one after the other. */
  edit(changes: readonly TextChange[]): void {
    for (const change of changes) {
      const before = this.current;
      const after = before.slice(0, change.start) + change.text + before.slice(change.end);
      const newEnd = change.start + change.text.length;
      this.tree.edit({
        startIndex: change.start,
        oldEndIndex: change.end,
        newEndIndex: newEnd,
        startPosition: point(before, change.start),
        oldEndPosition: point(before, change.end),
        newEndPosition: point(after, newEnd),
      } as Parameters<Tree["edit"]>[0]);
      this.current = after;
      const previous = this.tree;
      this.tree = this.parser.parse(after, previous);
      previous.delete();
    }
    this.lowered = undefined;
  }

  dispose(): void {
    this.tree.delete();
  }
}

function point(text: string, offset: number): { row: number; column: number } {
  let row = 0;
  let start = 0;
  for (let next = text.indexOf("\n"); next >= 0 && next < offset; next = text.indexOf("\n", start)) {
    row++;
    start = next + 1;
  }
  return { row, column: offset - start };
}
