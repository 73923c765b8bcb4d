/**
 * Whether our findings of a mutant say what a real evaluation says of it.
 *
 *   judgeMutant(mutant, true, "/clan/clan.nix", [])   ->   "refused, but no error"
 */
import type { Finding } from "../../server/src/rules/finding.ts";
import type { Mutant } from "./mutant.ts";

/** What commands of clan refuse when they run, and Nix does not. */
const AT_RUN_TIME = new Set([
  "generator-cycle",
  "missing-output",
  "removed-option",
  "shared-dependency",
  "undeclared-dependency",
  "undeclared-prompt",
  "unknown-generator",
  "unknown-generator-file",
]);

/** `path` is the file that was edited. Undefined where they agree: what is refused is an error at the mutated word. */
export function judgeMutant(
  { places }: Mutant,
  refused: boolean,
  path: string,
  errors: readonly Finding[],
): string | undefined {
  const said = errors
    .map((error) => `${error.path}:${error.start} ${error.code} ${error.message}`)
    .join("; ");
  if (!refused) {
    const isSilent = errors.every(({ code }) => AT_RUN_TIME.has(code));
    return isSilent ? undefined : `accepted, but ${said}`;
  }
  if (errors.length === 0) return "refused, but no error";
  const atPlace = errors.some(
    (error) => error.path === path && places.some(([start, end]) => error.start < end && error.end > start),
  );
  return atPlace ? undefined : `refused, but not here: ${said}`;
}
