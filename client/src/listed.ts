/**
 * Names in a sentence. Pure.
 *
 *   listed(["a", "b", "c", "d", "e"])   ->   "a, b, c and 2 more"
 */

/** So many are named. */
const NAMED = 3;

export function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(", ")} and ${more} more` : names.join(", ");
}
