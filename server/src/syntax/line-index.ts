/**
 * Offsets to lines and columns and back, in any of the three units the protocol knows. A line ends at
 * LF, CR LF or CR.
 */

/** What a column counts: UTF-16 code units (JavaScript's own), bytes, or code points. */
export type ColumnUnit = "utf-16" | "utf-8" | "utf-32";

/** 0-based line and column. */
export interface LinePosition {
  readonly line: number;
  readonly column: number;
}

export class LineIndex {
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    this.starts = text.includes("\r") ? startsOfAny(text) : startsBehind("\n", text);
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** Offset of the first character of a line; the text's length past the last one. */
  lineStart(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** The text of a line without its end. */
  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineStart(line + 1)).replace(/[\r\n]+$/, "");
  }

  /** `offset` in UTF-16 code units, clamped to the text. */
  position(offset: number, unit: ColumnUnit = "utf-16"): LinePosition {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStart(middle) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: columnsIn(this.text.slice(this.lineStart(low), clamped), unit) };
  }

  /** The offset in UTF-16 code units; columns past the end of a line give its end. */
  offset(position: LinePosition, unit: ColumnUnit = "utf-16"): number {
    if (position.line < 0) return 0;
    if (position.line >= this.lineCount) return this.text.length;
    const start = this.lineStart(position.line);
    const line = this.lineText(position.line);
    if (unit === "utf-16") return start + Math.max(0, Math.min(position.column, line.length));
    let left = position.column;
    let length = 0;
    for (const char of line) {
      left -= columnsIn(char, unit);
      if (left < 0) break;
      length += char.length;
    }
    return start + length;
  }
}

/** Where lines start in a text that has one line end only: the search is the machine's own. */
function startsBehind(lineEnd: string, text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf(lineEnd); at >= 0; at = text.indexOf(lineEnd, at + 1)) starts.push(at + 1);
  return starts;
}

function startsOfAny(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
  return starts;
}

function columnsIn(text: string, unit: ColumnUnit): number {
  if (unit === "utf-16") return text.length;
  let columns = 0;
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    columns += unit === "utf-32" ? 1 : code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return columns;
}
