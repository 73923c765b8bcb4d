/**
 * The place in a row of units that is being read, with what all steps of the reading share.
 *
 *   `{`, `a`, ▮`=`, `1`   ->   unit `=`, next `1`, the stack top, set, statement a
 */
import type { Identifier, Source } from "../ast.ts";
import type { Item } from "../item.ts";
import type { Layout } from "./layout.ts";
import type { Reports } from "./reports.ts";
import type { Stack } from "./stack.ts";

/** Deals with the unit at the reader's place. */
export type Step = (reader: Reader, unit: Item) => void;

export class Reader {
  index = 0;
  private readonly lastBrace: number;

  constructor(
    readonly units: readonly Item[],
    readonly source: Source,
    readonly stack: Stack,
    readonly reports: Reports,
    readonly layout: Layout,
    /** For each opening unit that has one, its closing one. */
    readonly pairs: ReadonlyMap<number, number>,
  ) {
    this.lastBrace = units.findLastIndex(({ type }) => type === "}");
  }

  /** Whether a closing brace comes further on. */
  get hasMoreBraces(): boolean {
    return this.lastBrace > this.index;
  }

  get next(): Item | undefined {
    return this.units[this.index + 1];
  }

  /** The last unit that ends at or before `offset`. */
  unitBefore(offset: number): Item | undefined {
    let index = this.index - 1;
    while (index >= 0 && (this.units[index]?.end ?? 0) > offset) index--;
    return this.units[index];
  }

  textOf(unit: Item): string {
    return this.source.text.slice(unit.start, unit.end);
  }

  place(unit: Item) {
    return { source: this.source, start: unit.start, end: unit.end };
  }

  identifier(unit: Item): Identifier {
    return { kind: "identifier", ...this.place(unit), name: this.textOf(unit) };
  }

  /** `or`, which is a keyword only behind a selection, and a name in paths and as an argument. */
  isOr(unit: Item): boolean {
    return unit.end - unit.start === 2 && this.textOf(unit) === "or";
  }

  onSameLine(first: Item, second: Item): boolean {
    return !this.source.text.slice(first.end, second.start).includes("\n");
  }

  /** Leaves a unit out. Something may be missing from the set or list it stands in. */
  unexpected(unit: Item, message?: string, instead?: string): void {
    this.stack.markBroken();
    this.reports.unexpected(unit, message, instead);
  }
}

export function isIdentifier(unit: Item | undefined): boolean {
  return unit?.type === "identifier" || unit?.type === "variable_expression";
}
