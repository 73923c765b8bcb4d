/**
 * Removes a machine: its entries in the inventory, in `machines` and in roles, its name in tags, and its files, which an
 * editor asks about first.
 *
 *   inventory.machines.w▮eb = { };   ->   (gone, like `roles.server.machines.web`; deletes machines/web and its vars)
 */
import type { Clan } from "../../clan/model.ts";
import { isWithin } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { foldersOf } from "../occurrences/folders.ts";
import type { Assist, Proposal } from "./assist.ts";
import { removeElements, removeEntry } from "./removal.ts";

export const removeMachine: Assist = {
  id: "remove-machine",
  kind: "remove",
  keepsMeaning: false,
  collect({ subjects, query }) {
    const entity = subjects.find((subject) => subject.entity?.kind === "machine")?.entity;
    if (entity === undefined || !entity.clan.machines.known.has(entity.name)) return [];
    const removal = machineRemoval(entity.clan, entity.name, query.snapshot);
    return removal === undefined ? [] : [removal];
  },
};

/** Of what clan has deleted already, the rest. Undefined where some of it is computed, or there is none. */
export function machineRemoval(clan: Clan, name: string, snapshot: Snapshot): Proposal | undefined {
  const edits = editsFor(clan, name);
  if (edits === undefined) return undefined;
  const deletes = filesOf(clan, name, snapshot);
  if (edits.length === 0 && deletes.length === 0) return undefined;
  return { title: `Remove machine \`${name}\` from the clan`, edits, deletes };
}

/** Undefined where some of it is computed: what is left would still make the machine. */
function editsFor(clan: Clan, name: string): TextEdit[] | undefined {
  const roles = [...clan.instances.known.values()].flatMap((instance) => [...instance.roles.values()]);
  const inTags = [...(clan.tree.at("inventory", "tags")?.children().values() ?? [])]
    .flatMap((tag) => [...tag.children().values()])
    .filter((element) => element.string() === name)
    .flatMap(({ definitions }) => definitions.flatMap(({ origins }) => origins.slice(0, 1)))
    // Of the tags that clan computes, the elements are the names of the machines.
    .filter((node) => node.kind === "string");
  const parts = [
    removeEntry(clan.tree.at("inventory", "machines", name)),
    removeEntry(clan.tree.at("machines", name)),
    ...roles.map(({ option }) => removeEntry(option.at("machines", name))),
    removeElements([...new Set(inTags)]),
  ];
  const known = parts.filter((part) => part !== undefined);
  const edits = known.flat();
  const isOwn = edits.every(({ path }) => isWithin(path, clan.root));
  return known.length === parts.length && isOwn ? edits : undefined;
}

/** What lies on disk under its name: configuration, vars and keys of each store. What is there of that. */
function filesOf(clan: Clan, name: string, snapshot: Snapshot): string[] {
  const { directory, root } = clan;
  // Of another name the folder could be any.
  if (directory === undefined || !isWithin(directory, root) || !/^\w[\w-]*$/.test(name)) return [];
  return foldersOf({ kind: "machine", clan, name }, snapshot).filter((path) => isWithin(path, root));
}
