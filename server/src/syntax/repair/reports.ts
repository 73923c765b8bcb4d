/**
 * What is said about a broken file: one problem for each mistake, on the word or bracket that is wrong.
 *
 *   `b`, `=`, `;`   ->   "Expected a value after `=`." on the `=`
 */
import type { Source, SyntaxProblem, SyntaxRepair } from "../ast.ts";
import type { Item } from "../item.ts";
import type { Lack } from "./expression.ts";

export class Reports {
  /** The unit read before the present one. */
  previous: Item | undefined;
  /** The last unit that was left out, and where the run of such units began. */
  private skipped: Item | undefined;
  private skippedFrom = 0;
  /** Problems that begin behind this offset are about code that Nix does not read. */
  mutedFrom = Number.POSITIVE_INFINITY;

  constructor(
    private readonly source: Source,
    private readonly problems: SyntaxProblem[],
  ) {}

  report(start: number, end: number, message: string, repair?: SyntaxRepair): void {
    this.problems.push({ start, end, message, repair });
  }

  /** `instead`: what has to be written in the place of the unit; empty for nothing. */
  at(unit: Item, message: string, instead?: string): void {
    this.report(
      unit.start,
      unit.end,
      message,
      instead === undefined ? undefined : this.replacing(unit, instead),
    );
  }

  private replacing({ start, end }: Item, text: string): SyntaxRepair {
    const written = this.source.text.slice(start, end);
    const title = text === "" ? `Remove the \`${written}\`` : `Change to \`${text.trim()}\``;
    return { title, start, end, text };
  }

  /** Something is missing behind what was read last (or before `offset`): on its last character. */
  after(message: string, offset = this.previous?.end ?? 0, missing?: string): void {
    const { text } = this.source;
    let end = offset;
    while (end > 1 && /\s/.test(text.charAt(end - 1))) end--;
    const repair = missing && { title: `Insert \`${missing}\``, start: end, end, text: missing };
    this.report(Math.max(0, end - 1), end, message, repair || undefined);
  }

  /** An expression ends with an operator or a dot, or is not there at all. */
  lack(lack: Lack): void {
    const { previous } = this;
    // It may be what was left out.
    if (previous === undefined || previous === this.skipped) return;
    const word = this.source.text.slice(previous.start, previous.end);
    const behind = word.length <= 12 && !word.includes("\n") ? ` after \`${word}\`` : "";
    this.at(previous, `Expected a ${lack}${behind}.`);
  }

  /** A unit fits nowhere and is left out; a row of such units is one problem. */
  unexpected(unit: Item, message?: string, instead?: string): void {
    if (this.previous !== undefined && this.previous === this.skipped) this.problems.pop();
    else this.skippedFrom = unit.start;
    this.skipped = unit;
    const text = this.source.text.slice(this.skippedFrom, unit.end);
    const repair =
      instead === undefined || this.skippedFrom < unit.start ? undefined : this.replacing(unit, instead);
    this.report(this.skippedFrom, unit.end, message ?? unfit(text), repair);
  }

  /** A unit is left out that has been reported otherwise. */
  skip(unit: Item): void {
    this.skipped = unit;
  }
}

function unfit(text: string): string {
  if (text === "") return "Something is missing here.";
  // A no-break space and the like, which cannot be seen.
  if (text.trim() === "")
    return `Nix does not accept U+${text.charCodeAt(0).toString(16).padStart(4, "0")} as whitespace.`;
  return text.length <= 40 && !text.includes("\n") ? `Unexpected \`${text}\`.` : "This does not fit here.";
}
