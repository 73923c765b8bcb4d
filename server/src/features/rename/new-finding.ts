/**
 * Findings that a rename would bring. One that was there before stays the same finding when its place moves and the
 * names in its message change: what counts is the code, the place and what it is about.
 *
 *   alpha -> zz:  "no machine `gone` … Machines: `alpha`, `beta`"  and  "no machine `gone` … Machines: `beta`, `zz`"
 *   at the same word are one finding
 */
import type { Clan } from "../../clan/model.ts";
import { relativePath } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Finding, TextEdit } from "../../rules/finding.ts";
import { checkClan } from "../../rules/index.ts";
import { withoutChoices } from "../../rules/words/words.ts";
import type { Range } from "../query.ts";
import { type Move, movedPath } from "./move.ts";
import type { Renaming } from "./verify.ts";

interface State {
  readonly clan: Clan;
  readonly snapshot: Snapshot;
}

/** `edits` are sorted; they and the moves made `after` of `before`. The finding as a sentence; undefined without one. */
export function* findNewFinding(
  before: State,
  after: State & { readonly edits: readonly TextEdit[]; readonly moves: readonly Move[] },
  renaming: Renaming,
): Generator<undefined, string | undefined> {
  const subjectOf = subjects(renaming);
  const known = new Map<string, Range[]>();
  for (const finding of checkClan(before.snapshot, before.clan)) {
    const edits = after.edits.filter(({ path }) => path === finding.path);
    const key = [finding.code, movedPath(finding.path, after.moves), subjectOf(finding)].join("\n");
    known.set(key, [...(known.get(key) ?? []), movedRange(finding, edits)]);
  }
  yield;
  for (const finding of checkClan(after.snapshot, after.clan)) {
    const { code, message, path, start, end } = finding;
    // Git does not know the new names of moved files before they are added.
    if (code === "untracked-file") continue;
    const places = known.get([code, path, subjectOf(finding)].join("\n")) ?? [];
    const same = places.findIndex((place) => place.start <= start && end <= place.end);
    if (same < 0) return `${relativePath(path, after.clan.root)} would have the problem ${code}: ${message}`;
    places.splice(same, 1);
  }
  return undefined;
}

/**
 * The words of the message, sorted, as lists of names are in messages: without what there is to choose from, and
 * with the old and the new name taken for the same.
 */
function subjects({ entities, newName }: Renaming): (finding: Finding) => string {
  const names = [newName, ...entities.map(({ name }) => name)].sort((a, b) => b.length - a.length);
  const name = new RegExp(`(?<![\\w-])(?:${names.map(escaped).join("|")})(?![\\w-])`, "g");
  return ({ message }) =>
    withoutChoices(message)
      .replaceAll(name, "<name>")
      .split(/[\s,.:]+/)
      .sort()
      .join(" ");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Where the range is after the edits; what they replace or put beside it belongs to it. */
function movedRange({ start, end }: Range, edits: readonly TextEdit[]): Range {
  let [before, within] = [0, 0];
  let [from, to] = [start, end];
  for (const edit of edits) {
    const grown = edit.text.length - (edit.end - edit.start);
    if (edit.end < start) before += grown;
    else if (edit.start <= end) {
      within += grown;
      from = Math.min(from, edit.start);
      to = Math.max(to, edit.end);
    }
  }
  return { start: from + before, end: to + before + within };
}
