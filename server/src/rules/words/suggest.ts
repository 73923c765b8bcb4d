/**
 * "Did you mean": the possible name that is nearest to what was written.
 *
 *   findSuggestion("sever", ["client", "server"])  ->  "server"
 */
import { distance } from "fastest-levenshtein";

/** The name a person most likely meant; undefined when none is near enough to be worth naming. */
export function findSuggestion(written: string, possible: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of [...possible].sort()) {
    const found = { name, distance: distance(written.toLowerCase(), name.toLowerCase()) };
    if (isNear(written, name, found.distance) && (best === undefined || found.distance < best.distance))
      best = found;
  }
  return best?.name;
}

/** A few wrong letters, letters in a wrong order, or a name cut short. */
function isNear(written: string, name: string, edits: number): boolean {
  const longer = Math.max(written.length, name.length);
  if (edits <= Math.max(2, longer / 3) && edits <= longer / 2) return true;
  if (sortedLetters(written) === sortedLetters(name)) return true;
  return Math.min(written.length, name.length) >= 3 && (written.startsWith(name) || name.startsWith(written));
}

function sortedLetters(text: string): string {
  return [...text.toLowerCase()].sort().join("");
}
