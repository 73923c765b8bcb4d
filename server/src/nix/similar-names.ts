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

/** Shorter names are too often near to another one by chance. */
const MIN_LENGTH = 6;

/**
 * The names that `name` surely is a slip of: one letter too many, too few, another, two that changed places, or the
 * same in another case. What makes other names out of names (`mapAttrs` and `mapAttrs'`) is no slip; to leave out
 * what ends one (`mapAttr`) is.
 */
export function slipsOf(name: string, known: Iterable<string>): readonly string[] | undefined {
  const found = [...known].filter((other) => isSlip(name, other));
  return found.length === 0 ? undefined : found.sort(compareText);
}

function isSlip(name: string, other: string): boolean {
  if (name.toLowerCase() === other.toLowerCase()) return true;
  // What makes definitions is told by its beginning: `mkIff`.
  if (name.length < MIN_LENGTH - (name.startsWith("mk") ? 1 : 0)) return false;
  if (Math.abs(name.length - other.length) > 1) return false;
  if (stem(name) === stem(other)) return other === `${name}s`;
  if (distance(name, other) === 1) return true;
  const at = [...name].findIndex((letter, i) => letter !== other[i]);
  const swapped = name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2);
  return swapped === other;
}

function stem(name: string): string {
  return name.replace(/[s'\d]+$/, "");
}
