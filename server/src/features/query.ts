/** What every feature is asked with: a state of the workspace and a place in it. Plain data, no protocol. */
import type { Clan } from "../clan/model.ts";
import type { Snapshot } from "../project/snapshot.ts";

/** The clans of a snapshot, evaluated. Cached by whoever hands it in: asking twice costs nothing. */
export type ClansOf = (snapshot: Snapshot) => readonly Clan[];

export interface Query {
  readonly snapshot: Snapshot;
  readonly clans: ClansOf;
  /** Absolute path of the file. */
  readonly path: string;
  /** UTF-16 offset into the file's text. */
  readonly offset: number;
}

/** UTF-16 offsets into one file's text, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** That of another state. A folder can have several clans: they come in the same order. */
export function sameClan(clan: Clan, own: readonly Clan[], others: readonly Clan[]): Clan | undefined {
  const isHere = ({ root }: Clan): boolean => root === clan.root;
  return others.filter(isHere)[own.filter(isHere).indexOf(clan)];
}

/** The clans the file at `path` is a part of: it lies in their folder, or they read it. */
export function clansAround({ snapshot, clans, path }: Omit<Query, "offset">): readonly Clan[] {
  return clans(snapshot).filter((clan) => path.startsWith(`${clan.root}/`) || clan.files.has(path));
}
