/** The machines that what has changed since a revision of git concerns, as `clan-ls diff --format json` prints them. */
import type { Clan } from "../clan/model.ts";
import { type Affected, findAffected } from "../features/affected/affected.ts";
import { PastSnapshot } from "../project/past-snapshot.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { Positions } from "./report/report.ts";
import { readRevision } from "./revision.ts";
import type { Terminal } from "./terminal.ts";
import { jsonUnknown } from "./unknown-part.ts";

/** Compared with a revision of git. Throws UsageError where there is none of that name. */
export function affectedSince(
  revision: string,
  clan: Clan,
  snapshot: Snapshot,
  evaluate: (snapshot: Snapshot) => readonly Clan[],
  terminal: Pick<Terminal, "git">,
): { readonly rev: string; readonly affected: Affected } {
  const { rev, files } = readRevision(revision, clan.root, terminal);
  const past = new PastSnapshot(snapshot, files);
  const before = evaluate(past).find(({ root }) => root === clan.root);
  const state = before && { snapshot: past, clan: before };
  return { rev, affected: findAffected(state, { snapshot, clan }, files.keys()) };
}

/** What `--format json` prints. */
export function affectedJson(
  { machines, unaffected, unknown }: Affected,
  rev: string,
  clan: Clan,
  snapshot: Snapshot,
) {
  const positions = new Positions(snapshot);
  return {
    version: 1,
    rev,
    machines: Object.fromEntries([...machines].map(([name, reasons]) => [name, { reasons }])),
    unaffected,
    unknown: unknown.map((part) => jsonUnknown(part, clan.root, positions)),
  };
}
