/**
 * What belongs together in a row of units, as far as brackets are closed: `{` with its `}`, `let` with
 * its `in`.
 *
 *   `let`, `{`, `}`, `in`   ->   0 with 3, 1 with 2
 */
import type { Item } from "../item.ts";

const opens: ReadonlyMap<string, string> = new Map([
  ["{", "{"],
  ["${", "{"],
  ["[", "["],
  ["(", "("],
  ["let", "let"],
]);
const openers: Readonly<Record<string, string>> = { "}": "{", "]": "[", ")": "(", in: "let" };

/** The index of the partner for each opening unit that has one. */
export function findPairs(units: readonly Item[]): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: { type: string; index: number }[] = [];
  // How many of each are open: what has no partner is not looked for among all the others.
  const counts = new Map<string, number>();
  const count = (type: string, by: number) => counts.set(type, (counts.get(type) ?? 0) + by);
  for (const [index, { type }] of units.entries()) {
    const opened = opens.get(type);
    if (opened !== undefined) {
      open.push({ type: opened, index });
      count(opened, 1);
    }
    const opener = openers[type];
    if (opener === undefined || (counts.get(opener) ?? 0) === 0) continue;
    // What was opened in between has no partner.
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      count(last.type, -1);
      if (last.type !== opener) continue;
      pairs.set(last.index, index);
      break;
    }
  }
  return pairs;
}
