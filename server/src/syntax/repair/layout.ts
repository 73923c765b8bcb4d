/**
 * How lines are indented, which tells what a person meant where a brace is missing.
 *
 *   "{\n  a = {\n"   the `{` at offset 8 stands on a line indented by 2
 */
export class Layout {
  constructor(private readonly text: string) {}

  /** Characters between the start of the line and `offset`. */
  column(offset: number): number {
    return offset - this.lineStart(offset);
  }

  /** Spaces and tabs at the start of the line that holds `offset`. */
  indentation(offset: number): number {
    const start = this.lineStart(offset);
    let end = start;
    while (this.text[end] === " " || this.text[end] === "\t") end++;
    return end - start;
  }

  /** Whether only white space stands before `offset` on its line. */
  startsLine(offset: number): boolean {
    return this.column(offset) === this.indentation(offset);
  }

  private lineStart(offset: number): number {
    return offset === 0 ? 0 : this.text.lastIndexOf("\n", offset - 1) + 1;
  }
}
