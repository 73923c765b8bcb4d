/**
 * What would be wrong after an edit that is wrong now already is not told: only what the edit brings.
 *
 *   inventory.instances.vpn = { … peers = [ "wbe" ]; }   ->   [ "No machine `wbe`. …" ]
 */
import type { Clan } from "../../clan/model.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Finding, TextEdit } from "../../rules/finding.ts";
import { checkClan } from "../../rules/index.ts";
import { inOrder } from "../occurrences.ts";
import type { ClansOf } from "../query.ts";
import { withEdits } from "../rename/apply-edits.ts";

export interface Tried {
  /** As it would be. */
  readonly clan: Clan;
  /** Errors and warnings that were not there before: what each says, once. */
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

/** Undefined where the clan could no longer be read. */
export function tryEdits(
  clan: Clan,
  snapshot: Snapshot,
  clans: ClansOf,
  edits: readonly TextEdit[],
  creates: ReadonlyMap<string, string> = new Map(),
): Tried | undefined {
  const edited = withEdits(snapshot, [...edits].sort(inOrder));
  const after = [...creates].reduce((state, [path, text]) => state.with(path, text), edited);
  const tried = clans(after).find(({ root }) => root === clan.root);
  if (tried === undefined) return undefined;
  const known = new Map<string, number>();
  for (const finding of checkClan(snapshot, clan)) {
    const key = keyOf(finding);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  const found = checkClan(after, tried).filter((finding) => {
    const left = known.get(keyOf(finding)) ?? 0;
    known.set(keyOf(finding), left - 1);
    return left <= 0 && isMistake(finding);
  });
  const problems = new Map(found.map(({ code, message }) => [message, { code, message }]));
  return { clan: tried, problems: [...problems.values()] };
}

function keyOf({ code, path, message }: Finding): string {
  return [code, path, message].join("\n");
}

/** A new file is not in Git before somebody adds it. */
function isMistake({ severity, code }: Finding): boolean {
  return (severity === "error" || severity === "warning") && code !== "untracked-file";
}
