/**
 * What belongs together in a row of units, as far as brackets are closed: `{` with its `}`, `let` with
 * its `in`.
 *
 *   `let`, `{`, `}`, `in`   ->   0 with 3, 1 with 2
 */
import type { Item } from "../item.ts";

const openers: Readonly<Record<string, string>> = { "}": "{", "]": "[", ")": "(", in: "let" };

/** The index of the partner for each opening unit that has one. */
export function findPairs(units: readonly Item[]): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: { type: string; index: number }[] = [];
  for (const [index, { type }] of units.entries()) {
    if (type === "{" || type === "[" || type === "(" || type === "let") open.push({ type, index });
    else if (type === "${") open.push({ type: "{", index });
    const opener = openers[type];
    const at = opener === undefined ? -1 : open.findLastIndex((candidate) => candidate.type === opener);
    const partner = open[at];
    if (partner === undefined) continue;
    pairs.set(partner.index, index);
    // What was opened in between has no partner.
    open.length = at;
  }
  return pairs;
}
