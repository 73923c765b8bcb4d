/**
 * Of a long list so much as a person can look through: what begins with what is typed, then what holds its letters. With more of
 * the word typed it is asked for again.
 *
 *   mostFitting(60,000 names, at `ab▮`)   ->   { items: [ abacus, …, cab, … ], isIncomplete: true }
 */
import type { Query } from "../query.ts";
import type { CompletionItem } from "./item.ts";

/** A clan of 1,000 machines has all its names in the list. */
const MOST = 2_000;

export interface MostFitting {
  readonly items: readonly CompletionItem[];
  /** There are more. */
  readonly isIncomplete: boolean;
}

export function mostFitting(
  items: readonly CompletionItem[],
  { snapshot, path, offset }: Query,
): MostFitting {
  if (items.length <= MOST) return { items, isIncomplete: false };
  const text = snapshot.readFile(path) ?? "";
  const [begun, others]: [CompletionItem[], CompletionItem[]] = [[], []];
  for (const item of items) {
    const typed = text.slice(item.replace.start, offset);
    if (item.filterText.startsWith(typed)) begun.push(item);
    else if (holdsInOrder(item.filterText, typed)) others.push(item);
  }
  return { items: [...begun, ...others].slice(0, MOST), isIncomplete: true };
}

/** As editors filter: all letters, in this order, in either case. */
function holdsInOrder(text: string, letters: string): boolean {
  const whole = text.toLowerCase();
  let at = 0;
  for (const letter of letters.toLowerCase()) {
    at = whole.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
