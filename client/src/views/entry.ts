/**
 * A row of the views: what it says, where it leads and what is below it. Pure data, which tree-view.ts shows.
 *
 *   unknownEntry("machines", { reason: "…" }, "file:///clan")   ->   [the row "There may be more machines"]
 */
import type {
  ClanSummary,
  OpenSummary,
  PlaceArgument,
  ThingAtSummary,
  VarsParams,
} from "../../../shared/requests.ts";
import { clanName } from "../clan-name.ts";
import type { Target } from "../commands/command.ts";
import type { RunNote } from "../runs/run.ts";

/** What a row is of. It decides the menu (entry-commands.ts). */
export type EntryKind =
  | "clan"
  | "machine"
  /** Machines that have something in common. */
  | "group"
  | "instance"
  | "role"
  | "vars"
  | "generator"
  /** One generator of several machines, and a file that one makes. */
  | "generators"
  | "file"
  /** The machines that what has changed concerns, and why one is. */
  | "affected"
  | "reason"
  /** What may be there besides. */
  | "unknown"
  /** A machine that is named and does not exist, or that there is nothing. */
  | "none";

export interface TreeEntry {
  readonly kind: EntryKind;
  /** The same for the same thing after a change, and no other entry's. */
  readonly id: string;
  readonly label: string;
  /** What it stands for is called, where the label says more. */
  readonly name?: string;
  /** Beside the label, fainter. */
  readonly description?: string | undefined;
  /** Lines of plain text. */
  readonly tooltip?: string | undefined;
  /** A codicon. */
  readonly icon: string;
  /** Where selecting it goes to. */
  readonly place?: PlaceArgument | undefined;
  /** Of a machine, its vars or a generator: whom the commands of clan in its menu are for. */
  readonly target?: Target;
  /** What it stands for, where the cursor in an editor can be in that. */
  readonly of?: ThingAtSummary;
  /** The instance or role it is about, wherever it stands. */
  readonly thing?: ThingAtSummary;
  /** URI of the folder that has what it stands for, where there is one. */
  readonly folder?: string | undefined;
  readonly children?: readonly TreeEntry[];
  /** It holds the generators of this machine, which are asked for when it is opened. */
  readonly varsOf?: VarsParams;
  /** It holds the machines of this clan, the URI of its folder, that what has changed concerns. */
  readonly affectedOf?: string;
  /** What is said of the last command of clan that was for it. */
  readonly run?: RunNote | undefined;
  /** It is open until the person closes it. */
  readonly isOpen?: true;
}

/** `viewItem` in the `when` of what package.json puts in menus: "clan.role written". */
export function viewItem({ kind, place, folder, run }: TreeEntry): string {
  const notes = [
    ...(place === undefined ? [] : ["written"]),
    ...(folder === undefined ? [] : ["on-disk"]),
    ...(run === undefined ? [] : ["ran"]),
    ...(run?.state === "running" ? ["running"] : []),
  ];
  return [`clan.${kind}`, ...notes].join(" ");
}

/** A machine's codicon, by its class. */
export const machineIcons = { nixos: "server", darwin: "device-desktop" } as const;

/** The last row of a list that may not be whole; none where it is. `parent`: the list's id. */
export function unknownEntry(what: string, open: OpenSummary | undefined, parent: string): TreeEntry[] {
  if (open === undefined) return [];
  return [
    {
      kind: "unknown",
      id: `${parent}/unknown`,
      label: `There may be more ${what}`,
      tooltip: open.reason,
      icon: "question",
      place: open.place,
    },
  ];
}

/** The rows of the only clan; of several, a row for each clan with its own below. */
export function entriesByClan(
  clans: readonly ClanSummary[],
  entriesOf: (clan: ClanSummary) => readonly TreeEntry[],
): readonly TreeEntry[] {
  const [only, ...others] = clans;
  if (only === undefined) return [];
  if (others.length === 0) return entriesOf(only);
  return clans.map((clan) => ({
    kind: "clan",
    id: clan.root,
    label: clanName(clan),
    tooltip: clan.root,
    folder: clan.root,
    icon: "server-environment",
    children: entriesOf(clan),
    isOpen: true,
  }));
}

/** How tags brought a machine into a role: "via tag srv". Undefined where it is named. */
export function viaTags(tags: readonly string[]): string | undefined {
  if (tags.length === 0) return undefined;
  return `via ${tags.length === 1 ? "tag" : "tags"} ${tags.join(", ")}`;
}
