/**
 * One mistake, one finding: what only follows from another finding is left out.
 *
 *   roles.controller.machine.a = { };   ->   unknown-option at `machine`, and not also that there is no controller
 *
 * A finding may say which options it spoils: those that are not what they were meant to be, because their name or value
 * is wrong. Another may say on which it rests: what it misses would be there. Where both meet, the second is dropped, if it is
 * no worse than the first.
 */
import { byteOrderMarkProblem } from "../../syntax/byte-order-mark.ts";
import type { Finding, Severity } from "../finding.ts";

/** A path of names in the option tree of the clan or, below `clan.core`, of any machine. */
export type OptionPath = readonly string[];

/** In a path of what is spoilt: every name, where it is not known which was meant. */
export const ANY = "*";

/** What a problem says of others. */
export interface Bearing {
  readonly spoils?: readonly OptionPath[] | undefined;
  readonly restsOn?: readonly OptionPath[] | undefined;
}

const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

export function isWorse(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) < severities.indexOf(b);
}

export function removeConsequences<T extends { readonly finding: Finding; readonly bearing: Bearing }>(
  all: readonly T[],
): readonly Finding[] {
  const spoiling = all.filter(({ bearing }) => (bearing.spoils ?? []).length > 0);
  const firstErrors = syntaxErrors(all);
  const failing = new Set(
    all.flatMap(({ finding }) => (finding.code === "evaluation-error" ? placeOf(finding) : [])),
  );
  return all
    .filter(({ finding, bearing }) => {
      const { restsOn = [] } = bearing;
      if (isBehind(finding, firstErrors)) return false;
      // Of a file that git ignores, that Nix does not find it says as much.
      const isIgnored = finding.code === "untracked-file" && finding.fixes === undefined;
      if (isIgnored && failing.has(placeOf(finding))) return false;
      if (restsOn.length === 0) return true;
      return !spoiling.some(
        (other) =>
          other.finding !== finding &&
          !isWorse(finding.severity, other.finding.severity) &&
          other.bearing.spoils?.some((path) => restsOn.some((one) => isSpoilt(one, path))),
      );
    })
    .map(({ finding }) => finding);
}

function placeOf({ path, start, end }: Finding): string {
  return `${path}:${start}:${end}`;
}

/** Where a file has an error of syntax, what stands behind or around it may not be what was written. */
function syntaxErrors(all: readonly { readonly finding: Finding }[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  // A byte order mark does not keep the rest from being read.
  for (const { finding } of all)
    if (finding.code === "syntax-error" && finding.message !== byteOrderMarkProblem.message)
      first.set(finding.path, Math.min(finding.start, first.get(finding.path) ?? finding.start));
  return first;
}

function isBehind({ code, path, start, end }: Finding, firstErrors: ReadonlyMap<string, number>): boolean {
  const error = firstErrors.get(path);
  return error !== undefined && code !== "syntax-error" && (start >= error || end > error);
}

/** What is at or below a spoilt option. */
function isSpoilt(path: OptionPath, spoilt: OptionPath): boolean {
  return spoilt.length <= path.length && spoilt.every((name, index) => name === ANY || name === path[index]);
}
