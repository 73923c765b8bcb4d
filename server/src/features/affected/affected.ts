/**
 * The machines that a change of the clan concerns, each with why: what a deploy would bring to them.
 *
 *   inventory.machines.web.tags = [ "srv" ];   is new, and sshd has its clients by that tag
 *   ->   web: tag srv, role inventory.instances.sshd.roles.client
 */
import type { Clan, UnknownPart } from "../../clan/model.ts";
import { compareText } from "../../nix/order.ts";
import { relativePath } from "../../nix/path.ts";
import { type Change, changeBetween } from "./change.ts";
import { configurationReasons } from "./configuration-reasons.ts";
import { inventoryReasons } from "./inventory-reasons.ts";
import { isRead } from "./machine-reads.ts";
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
  const change = before && changeBetween(before, after, changes);
  const found = new Map(
    [...after.clan.machines.known.keys()].map((name) => [name, reasonsOf(name, change, after.clan)]),
  );
  const machines = withReaders(found, change);
  const others = [...found].filter(([name]) => !machines.has(name));
  const unknown = others
    .filter(([, { isWhole }]) => !isWhole)
    .map(([name]): UnknownPart => ({ path: `machines.${name}`, reason: TOO_LARGE, node: undefined }));
  return {
    machines,
    unaffected: others.flatMap(([name, { isWhole }]) => (isWhole ? [name] : [])),
    unknown: [...after.clan.unknown, ...unknown],
  };
}

const TOO_LARGE = "its configuration takes too long to compare";

function reasonsOf(machine: string, change: Change | undefined, clan: Clan): Reasons {
  if (change?.before.clan.machines.known.has(machine) !== true)
    return { reasons: [newMachine(machine, clan)], isWhole: true, machineReads: [] };
  const found = configurationReasons(machine, change);
  const inInventory = inventoryReasons(machine, change.before.clan, clan);
  return { ...found, reasons: sorted([...inInventory, ...found.reasons]) };
}

/** A machine that reads the configuration of one that is concerned is concerned, too. */
function withReaders(
  found: ReadonlyMap<string, Reasons>,
  change: Change | undefined,
): ReadonlyMap<string, readonly Reason[]> {
  const affected = new Map<string, readonly Reason[]>();
  for (const [name, { reasons }] of found) if (reasons.length > 0) affected.set(name, reasons);
  const gone = [...(change?.before.clan.machines.known.keys() ?? [])].filter((name) => !found.has(name));
  for (let size = -1; size !== affected.size; ) {
    size = affected.size;
    const changed = [...affected, ...gone.map((name) => [name, undefined] as const)];
    for (const [name, { machineReads }] of found) {
      if (affected.has(name)) continue;
      const read = changed.find(([other, reasons]) => isRead(machineReads, other, reasons))?.[0];
      if (read !== undefined)
        affected.set(name, [{ what: "option", path: `nixosConfigurations.${read}`, file: "" }]);
    }
  }
  return new Map([...affected].sort(([a], [b]) => compareText(a, b)));
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
