/**
 * The names a person may have meant, for "Did you mean …?".
 *
 *   similarNames("fooo", [ "foo" "bar" ])   ->   [ "foo" ]
 */
import { distance } from "fastest-levenshtein";
import { compareText } from "./order.ts";

/** The limits of Nix's own messages. */
const MAX_DISTANCE = 2;
const MAX_NAMES = 5;

/** The likeliest first; undefined if there is none. */
export function similarNames(name: string, known: Iterable<string>): readonly string[] | undefined {
  const similar: { readonly other: string; readonly steps: number }[] = [];
  for (const other of known) {
    if (Math.abs(other.length - name.length) > MAX_DISTANCE) continue;
    const steps = distance(name, other);
    if (steps <= MAX_DISTANCE) similar.push({ other, steps });
  }
  if (similar.length === 0) return undefined;
  similar.sort((a, b) => a.steps - b.steps || compareText(a.other, b.other));
  return similar.slice(0, MAX_NAMES).map(({ other }) => other);
}
