/**
 * Files of which a place has become part of a value: `__curPos`, a message that names a line. Such a value says what was
 * true of that version, so none of its nodes goes on to the next one, nor what was computed from them.
 */
import type { Source } from "./ast.ts";

// Of each version by itself, and gone with it.
const told = new WeakSet<Source>();

export function tellPlaces(source: Source): void {
  told.add(source);
}

export function hasToldPlaces(source: Source): boolean {
  return told.has(source);
}
