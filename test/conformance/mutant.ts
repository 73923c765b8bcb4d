/**
 * A mutant: one edit of a file, and where its error may be.
 *
 *   replace("misspelt-name", 6, 10, "preer")   ->   { kind, start: 6, end: 10, text: "preer", places: [[6, 11]] }
 */
import type { Binding } from "../../server/src/syntax/ast.ts";
import { nodesAt } from "../../server/src/syntax/navigate.ts";

export type MutantKind =
  | "misspelt-name"
  | "misspelt-value"
  | "wrong-type"
  | "null-value"
  | "unknown-option"
  | "dropped"
  | "second-definition"
  | "second-module"
  | "conflict"
  | "moved"
  // Of values (mutate-value.ts).
  | "wrapped"
  | "quoting"
  | "other-case"
  | "number"
  | "path-or-string"
  | "set-or-list"
  | "prefixed"
  | "function"
  | "emptied"
  | "rewritten"
  | "extended"
  // Of attribute paths (mutate-path.ts).
  | "shortened"
  | "swapped"
  | "nested"
  | "unnested"
  | "odd-name"
  // Of code (mutate-code.ts).
  | "misspelt-variable"
  | "misspelt-selection"
  | "missing-file"
  | "arity"
  | "dropped-word"
  | "punctuation";

export type Place = readonly [start: number, end: number];

/** `start`, `end` and `text` are the edit; `places` are where, in the mutated text, its error may be. */
export interface Mutant {
  readonly kind: MutantKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly places: readonly Place[];
}

/** The text of the file with the edit made. */
export function applyMutant(text: string, { start, end, text: inserted }: Mutant): string {
  return text.slice(0, start) + inserted + text.slice(end);
}

/** Its error may be in what is new. */
export function replace(kind: MutantKind, start: number, end: number, text: string): Mutant {
  return { kind, start, end, text, places: [[start, start + text.length]] };
}

/** The way a hurried hand does it: a letter in the middle is hit twice. */
export function misspell(word: string): string {
  const middle = Math.max(1, Math.floor(word.length / 2));
  return word.slice(0, middle) + (word[middle - 1] ?? "x") + word.slice(middle);
}

/** What lacks a dropped binding: one of the sets around it, found by its name, or something in the innermost. */
export function placesAround({ source, start, end }: Binding): Place[] {
  const around = nodesAt(source, start).filter((node) => node.kind === "binding" && node.start < start);
  const names = around.flatMap((node) => (node.kind === "binding" ? node.path : []));
  const innermost = around.at(-1);
  return [...names, ...(innermost === undefined ? [] : [innermost])].map(
    (node): Place => [node.start, node.end >= end ? node.end - (end - start) : node.end],
  );
}
