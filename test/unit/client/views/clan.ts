/** A clan the tests of the views show. */

import type { TreeEntry } from "../../../../client/src/views/entry.ts";
import type { ClanSummary, PlaceArgument } from "../../../../shared/requests.ts";

/** The start of a line of the clan's file. */
export function line(number: number): PlaceArgument {
  const position = { line: number, character: 0 };
  return { uri: "file:///clan/clan.nix", range: { start: position, end: position } };
}

export const clan: ClanSummary = {
  root: "file:///clan",
  name: "home",
  machines: [
    { name: "mac", class: "darwin", tags: ["all", "darwin"], targetHost: undefined, place: line(1) },
    { name: "web", class: "nixos", tags: ["all", "nixos"], targetHost: "root@web", place: undefined },
  ],
  tags: [],
  open: undefined,
  instances: [
    {
      name: "mesh",
      service: "zerotier",
      input: "clan-core",
      place: line(3),
      roles: [
        {
          name: "controller",
          place: line(4),
          members: [{ machine: "web", viaTags: [] }],
          open: undefined,
        },
        {
          name: "peer",
          place: line(5),
          members: [
            { machine: "gone", viaTags: [] },
            { machine: "mac", viaTags: ["all", "darwin"] },
            { machine: "web", viaTags: ["all"] },
          ],
          open: undefined,
        },
      ],
    },
    { name: "own", service: undefined, input: undefined, place: line(6), roles: [] },
  ],
  instancesOpen: undefined,
  machineTemplates: [],
};

/** What a person sees with all rows opened: two spaces a level, the description after two more. */
export function rows(entries: readonly TreeEntry[], indent = ""): string[] {
  return entries.flatMap(({ label, description, children = [] }) => [
    `${indent}${label}${description === undefined ? "" : `  ${description}`}`,
    ...rows(children, `${indent}  `),
  ]);
}

/** The entry with these labels from the top. Throws where there is none. */
export function entryAt(entries: readonly TreeEntry[], ...labels: readonly string[]): TreeEntry {
  const [label, ...below] = labels;
  const entry = entries.find((one) => one.label === label);
  if (entry === undefined) throw new Error(`there is no row ${label}`);
  return below.length === 0 ? entry : entryAt(entry.children ?? [], ...below);
}

/** Every id of the tree. */
export function ids(entries: readonly TreeEntry[]): string[] {
  return entries.flatMap(({ id, children = [] }) => [id, ...ids(children)]);
}
