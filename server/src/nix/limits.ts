/**
 * How large a single value may be. Code of a few characters can ask for a list or a text that no machine has room for;
 * whatever makes one of computed length asks here before, and the evaluation ends with the reason.
 *
 *   listRoom(1_000_000_000)   ->   fails: "a list of 1000000000 elements is longer than the 500000 that are evaluated"
 *
 * What all values of an evaluation may take together is the interpreter's budget (Interpreter.pay).
 */
import { fail } from "./errors.ts";

/** Some hundred times what the largest clans have. */
const MAX_ELEMENTS = 500_000;
const MAX_CHARACTERS = 5_000_000;
/** Of text in a data format: each character may become a value. */
const MAX_PARSED = 1_000_000;

/** `length`, if a list or set may have as many members. */
export function listRoom(length: number): number {
  if (length > MAX_ELEMENTS)
    fail(
      "budget",
      `a list of ${shown(length)} elements is longer than the ${MAX_ELEMENTS} that are evaluated`,
    );
  return length;
}

/** `length`, if a text may have as many characters. */
export function textRoom(length: number): number {
  if (length > MAX_CHARACTERS)
    fail(
      "budget",
      `a text of ${shown(length)} characters is longer than the ${MAX_CHARACTERS} that are evaluated`,
    );
  return length;
}

/** A text made of parts: it is never longer than a text may be, not even for a moment. */
export class TextBuilder {
  text = "";
  /** Of the longest part: it need not be copied. */
  longest = 0;

  add(part: string): void {
    textRoom(this.text.length + part.length);
    this.text += part;
    this.longest = Math.max(this.longest, part.length);
  }
}

export function joinTexts(parts: readonly string[], separator = ""): string {
  let length = separator.length * Math.max(0, parts.length - 1);
  for (const part of parts) length += part.length;
  textRoom(length);
  return parts.join(separator);
}

export function repeatText(text: string, count: number): string {
  textRoom(text.length * Math.max(0, count));
  return text.repeat(Math.max(0, count));
}

/** `text`, if it is short enough to be read as data. */
export function parsable(text: string): string {
  if (text.length > MAX_PARSED)
    fail(
      "budget",
      `a text of ${text.length} characters is longer than the ${MAX_PARSED} that are read as data`,
    );
  return text;
}

function shown(length: number): string {
  return Number.isSafeInteger(length) ? String(length) : "more than 9007199254740991";
}
