/**
 * The machines that a change of the clan concerns, each with why: what a deploy would bring to them.
 *
 *   inventory.machines.web.tags = [ "srv" ];   is new, and sshd has its clients by that tag
 *   ->   web: tag srv, role inventory.instances.sshd.roles.client
 */
import type { Clan, UnknownPart } from "../../clan/model.ts";
import { compareText } from "../../nix/order.ts";
import { relativePath } from "../../nix/path.ts";
import { changedFiles, type FileChange } from "./changed-files.ts";
import { configurationReasons } from "./configuration-reasons.ts";
import { inventoryReasons } from "./inventory-reasons.ts";
import type { ClanState, Reason, Reasons } from "./reason.ts";

export interface Affected {
  /** Of the machines there are now, those that are concerned; sorted by name. */
  readonly machines: ReadonlyMap<string, readonly Reason[]>;
  /** Sorted. */
  readonly unaffected: readonly string[];
  /** What of the clan as it is now cannot be known: it may concern any machine, or the one it names. */
  readonly unknown: readonly UnknownPart[];
}

/** `changes`: the files that differ between the two states. Without a clan before, all machines are new. */
export function findAffected(
  before: ClanState | undefined,
  after: ClanState,
  changes: Iterable<string>,
): Affected {
  const files = changedFiles(before?.snapshot, after.snapshot, changes);
  const machines = new Map<string, readonly Reason[]>();
  const unaffected: string[] = [];
  const unknown: UnknownPart[] = [];
  for (const name of after.clan.machines.known.keys()) {
    const { reasons, isWhole } = reasonsOf(name, before, after, files);
    if (reasons.length > 0) machines.set(name, reasons);
    else if (isWhole) unaffected.push(name);
    else unknown.push({ path: `machines.${name}`, reason: TOO_LARGE, node: undefined });
  }
  return { machines, unaffected, unknown: [...after.clan.unknown, ...unknown] };
}

const TOO_LARGE = "its configuration takes too long to compare";

function reasonsOf(
  machine: string,
  before: ClanState | undefined,
  after: ClanState,
  files: readonly FileChange[],
): Reasons {
  if (before?.clan.machines.known.has(machine) !== true)
    return { reasons: [newMachine(machine, after.clan)], isWhole: true };
  const { reasons, isWhole } = configurationReasons(machine, before, after, files);
  return { reasons: sorted([...inventoryReasons(machine, before.clan, after.clan), ...reasons]), isWhole };
}

function newMachine(machine: string, clan: Clan): Reason {
  const [origin] = clan.machines.known.get(machine)?.origins ?? [];
  const file = origin?.source.path ?? `${clan.directory ?? clan.root}/machines/${machine}`;
  return { what: "option", path: `inventory.machines.${machine}`, file: relativePath(file, clan.root) };
}

/** Each once. */
function sorted(reasons: readonly Reason[]): Reason[] {
  const known = new Map(reasons.map((reason) => [`${reason.what} ${reason.path} ${reason.file}`, reason]));
  return [...known].sort(([a], [b]) => compareText(a, b)).map(([, reason]) => reason);
}
