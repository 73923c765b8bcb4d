/**
 * The text of a script in a Nix string, with where each character of it stands in the Nix file.
 *
 *   ''
 *     cat ${x} > ''$out
 *   ''                     ->   "cat ◌ > $out\n", and `$out` is where `''$out` is
 */
import type { Interpolation, StringExpr, StringText } from "../ast.ts";

/** Stands for an interpolation: a character for private use, which shells read as a letter. */
export const HOLE = "\uE000";

export interface ScriptText {
  readonly text: string;
  /** Where character `index` begins and ends in the Nix file. */
  start(index: number): number;
  end(index: number): number;
  /** The interpolation a hole stands for. */
  hole(index: number): Interpolation | undefined;
}

export function scriptTextOf(string: StringExpr): ScriptText {
  const starts: number[] = [];
  const ends: number[] = [];
  const holes = new Map<number, Interpolation>();
  let text = "";
  for (const [index, part] of string.parts.entries()) {
    if (part.kind === "interpolation") {
      holes.set(text.length, part);
      starts.push(part.start);
      ends.push(part.end);
      text += HOLE;
    } else {
      const reader = new RawReader(part, string.indented);
      if (string.indented && index === 0) reader.skipOpening(string.start);
      for (const [start, end] of reader.characters()) {
        starts.push(start);
        ends.push(end);
      }
      text += part.text;
    }
  }
  return {
    text,
    start: (index) => starts[index] ?? string.end,
    end: (index) => ends[index] ?? string.end,
    hole: (index) => holes.get(index),
  };
}

/** Walks along what was written and what it means, which differ by escapes and by the indentation. */
class RawReader {
  private readonly raw: string;
  private at = 0;
  private startOfLine = false;

  constructor(
    private readonly part: StringText,
    private readonly indented: boolean,
  ) {
    this.raw = part.source.text.slice(part.start, part.end);
  }

  /** Right after the opening quotes, spaces and a line break are not part of the string. */
  skipOpening(stringStart: number): void {
    if (this.part.start !== stringStart + 2) return;
    this.at = /^ *\n/.exec(this.raw)?.[0].length ?? 0;
    this.startOfLine = true;
  }

  /** [start, end) in the file, for each character of the meaning. */
  *characters(): Iterable<readonly [number, number]> {
    const { text, start } = this.part;
    for (let index = 0; index < text.length; index++) {
      if (this.startOfLine) this.skipIndentation(text, index);
      const from = this.at;
      const written = this.indented ? this.indentedCharacter() : this.plainCharacter();
      this.at += written;
      this.startOfLine = this.indented && text[index] === "\n" && written === 1;
      yield [start + from, start + this.at];
      if (this.indented && written === 3 && text[index] === "'") {
        // `'''` means two quotes.
        index++;
        yield [start + from, start + this.at];
      }
    }
  }

  /** Of the spaces a line begins with, the last ones are those that were kept. */
  private skipIndentation(text: string, index: number): void {
    this.startOfLine = false;
    this.at += Math.max(0, spacesAt(this.raw, this.at) - spacesAt(text, index));
  }

  /** How many characters of the file make the next one. */
  private indentedCharacter(): number {
    const { raw, at } = this;
    if (raw.startsWith("'''", at)) return 3;
    if (raw.startsWith("''$", at)) return 3;
    if (raw.startsWith("''\\", at)) return 4;
    return 1;
  }

  private plainCharacter(): number {
    const { raw, at } = this;
    if (raw[at] === "\\") return raw.startsWith("\r\n", at + 1) ? 3 : 2;
    return raw.startsWith("\r\n", at) ? 2 : 1;
  }
}

function spacesAt(text: string, from: number): number {
  let count = 0;
  while (text[from + count] === " ") count++;
  return count;
}
