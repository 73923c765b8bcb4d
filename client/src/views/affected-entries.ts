/**
 * At the top of the view "Machines": those that what has changed concerns, each with why.
 *
 *   Affected Machines  since HEAD
 *     web  tag srv, modules/nginx.nix
 */

import type { ClanSummary, PlaceArgument } from "../../../shared/requests.ts";
import {
  type Comparison,
  type Reason,
  shortReason,
  shortReasons,
  uriOfFile,
} from "../affected/comparison.ts";
import { machineIcons, type TreeEntry } from "./entry.ts";

/** The row that holds them: what is below it is asked for when it is opened. */
export function affectedSection({ root }: ClanSummary, revision: string): TreeEntry {
  return {
    kind: "affected",
    id: `${root}/affected`,
    label: "Affected Machines",
    description: `since ${revision}`,
    tooltip: `The machines that change with what is on disk, compared with ${revision}.`,
    icon: "diff",
    target: { root, machines: [] },
    affectedOf: root,
  };
}

export function affectedEntries(
  comparison: Comparison,
  clan: ClanSummary,
  parent: string,
): readonly TreeEntry[] {
  const none = (label: string, tooltip?: string): TreeEntry => ({
    kind: "none",
    id: `${parent}/none`,
    label,
    tooltip,
    icon: "dash",
  });
  if ("problem" in comparison) return [none("Could not compare", comparison.problem)];
  const concerned = Object.entries(comparison.machines).map(([name, { reasons }]) =>
    machineEntry(clan, name, reasons, parent),
  );
  const [unknown] = comparison.unknown;
  const others: TreeEntry[] =
    unknown === undefined
      ? []
      : [
          {
            kind: "unknown",
            id: `${parent}/unknown`,
            label: "Other machines may be affected",
            tooltip: `${unknown.path} is not known: ${unknown.reason}`,
            icon: "question",
          },
        ];
  const entries = [...concerned, ...others];
  return entries.length > 0 ? entries : [none("No machine is affected")];
}

function machineEntry(
  { root, machines }: ClanSummary,
  name: string,
  reasons: readonly Reason[],
  parent: string,
): TreeEntry {
  const machine = machines.find((one) => one.name === name);
  const id = `${parent}/machine:${name}`;
  return {
    kind: "machine",
    id,
    label: name,
    description: shortReasons(reasons),
    icon: machineIcons[machine?.class ?? "nixos"],
    place: machine?.place,
    target: { root, machines: [name] },
    of: { root, kind: "machine", name },
    children: reasons.map((reason, index) => ({
      kind: "reason",
      id: `${id}/${index}`,
      label: shortReason(reason),
      description: reason.file === reason.path ? undefined : reason.file,
      icon: reason.what === "file" ? "file" : "symbol-property",
      place: reason.file === "" ? undefined : startOf(uriOfFile(root, reason.file)),
    })),
  };
}

function startOf(uri: string): PlaceArgument {
  const start = { line: 0, character: 0 };
  return { uri, range: { start, end: start } };
}
