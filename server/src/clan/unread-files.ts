/**
 * Files of a clan that are there and were not read: then what they define is not known, and that is said.
 *
 *   machines/web/configuration.nix is a pipe   ->   { path: "machines/web/configuration.nix", reason: "… cannot be read: …" }
 */
import { relativePath } from "../nix/path.ts";
import { whyUnreadable } from "../nix/unreadable.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { whyTooLarge } from "../syntax/too-large.ts";
import type { Clan, UnknownPart } from "./model.ts";

/** All that is not known of a clan, by path. It evaluates the machines: what they read is part of it. */
export function collectUnknown(clan: Clan, snapshot: Snapshot): readonly UnknownPart[] {
  const unread = [...clan.files].flatMap((file): UnknownPart[] => {
    const reason = whyUnread(snapshot, file);
    if (
      reason === undefined ||
      clan.unknown.some((part) => part.reason.includes(file) || part.node?.source.path === file)
    )
      return [];
    return [{ path: relativePath(file, clan.root), reason, node: undefined }];
  });
  const { open } = clan.vars;
  const machines = open === undefined || clan.unknown.includes(open) ? [] : [open];
  return [...clan.unknown, ...machines, ...unread].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Undefined for what is no code, whether it can be read or not. */
export function whyUnread(snapshot: Snapshot, file: string): string | undefined {
  const type = snapshot.fileType(file);
  if (type === "unknown") return whyUnreadable(file);
  // Other files are opened only by what needs them: they may hold secrets.
  if (type === "regular" && file.endsWith("/flake.lock")) return whyNoLock(snapshot.readFile(file), file);
  if (type !== "regular" || !/\.nix$|\/inventory\.json$/.test(file)) return undefined;
  const source = snapshot.source(file);
  if (source === undefined) return whyUnreadable(file);
  return source.root.kind === "error" && source.problems.length === 0
    ? `${file}: ${source.root.reason}`
    : undefined;
}

function whyNoLock(text: string | undefined, file: string): string | undefined {
  if (text === undefined) return whyUnreadable(file);
  const reason = whyTooLarge(text);
  return reason && `${file}: ${reason}`;
}
