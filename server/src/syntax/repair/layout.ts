/**
 * How lines are indented, which tells what a person meant where a brace is missing.
 *
 *   "{\n  a = {\n"   the `{` at offset 8 stands on a line indented by 2
 */
import { LineIndex } from "../line-index.ts";

export class Layout {
  private readonly lines: LineIndex;

  constructor(private readonly text: string) {
    this.lines = new LineIndex(text);
  }

  /** Characters between the start of the line and `offset`. */
  column(offset: number): number {
    return this.lines.position(offset).column;
  }

  /** Spaces and tabs at the start of the line that holds `offset`. */
  indentation(offset: number): number {
    const start = offset - this.column(offset);
    let end = start;
    while (this.text[end] === " " || this.text[end] === "\t") end++;
    return end - start;
  }

  onSameLine(first: number, second: number): boolean {
    return this.lines.position(first).line === this.lines.position(second).line;
  }

  /** Whether only white space stands before `offset` on its line. */
  startsLine(offset: number): boolean {
    return this.column(offset) === this.indentation(offset);
  }
}
