/**
 * The machines of a clan and their tags. The tree has them all, whether they come from the inventory, from
 * inventory.json, from `clan.machines` or from a folder in `machines/` (implicit-modules.ts).
 *
 *   { inventory.machines.web.tags = [ "srv" ]; }  ->  machines { web (all, nixos, srv) }, tags { all, …, srv }
 */
import type { OptionNode } from "../modules/option-node.ts";
import { resolvePath } from "../nix/path.ts";
import type { Unknown } from "../nix/value.ts";
import type { Node } from "../syntax/ast.ts";
import { findOpen, originsOf, readStrings, type Strings, unknownPart } from "./definitions.ts";
import { isSame, OfOption } from "./lasting.ts";
import type { Machine, MachineSource, NameSet, Tag, UnknownPart } from "./model.ts";

const predefinedTags: ReadonlySet<string> = new Set(["all", "darwin", "nixos"]);

export interface MachinesAndTags {
  readonly machines: NameSet<Machine>;
  readonly tags: NameSet<Tag>;
}

/** `directory`: the clan's folder; undefined if it is not known, and then there may be folders we cannot see. */
export function collectMachines(tree: OptionNode, directory: string | undefined): MachinesAndTags {
  const modules = tree.child("machines");
  const declared = tree.at("inventory", "machines")?.children() ?? new Map<string, OptionNode>();
  const machines = [...declared].sort(([a], [b]) => (a < b ? -1 : 1));
  const open =
    findOpen(tree, ["inventory", "machines"]) ??
    findOpen(tree, ["machines"]) ??
    (directory === undefined ? findOpen(tree, ["directory"]) : undefined);
  const { tags, tagsOpen } = collectTags(tree, machines, open);
  const known = machines.map(([name, option]): [string, Machine] => {
    const own = written.of(option);
    const { last } = own;
    const module = modules?.child(name);
    const ownTags = tags.of(name);
    const isAlike = last?.directory === directory && isSame(last?.machine.tags ?? [], ownTags);
    if (module === undefined && last !== undefined && isAlike) return [name, last.machine];
    const origins = [...originsOf(option), ...(module === undefined ? [] : originsOf(module))];
    const machine: Machine = {
      name,
      class: own.class,
      tags: ownTags,
      targetHost: own.targetHost,
      sources: [
        ...sourcesOf(name, option, directory),
        ...(module === undefined ? [] : ["machines" as const]),
      ],
      origins: [...new Set(origins)],
    };
    if (module === undefined) own.last = { directory, machine };
    return [name, machine];
  });
  return {
    machines: { known: new Map(known), open },
    tags: { known: tags.toMap(declared), open: tagsOpen },
  };
}

/** What a machine says by itself, whatever else there is in the clan. */
interface Written extends Pick<Machine, "class" | "targetHost"> {
  readonly tags: Strings;
  readonly open: Unknown | undefined;
  /** As it was read last: the same object goes on where nothing around it is different. */
  last: { readonly directory: string | undefined; readonly machine: Machine } | undefined;
}

const written = new OfOption((option): Written => {
  const tags = readStrings(option.child("tags"));
  return {
    class: option.child("machineClass")?.string() === "darwin" ? "darwin" : "nixos",
    targetHost: option.at("deploy", "targetHost")?.string(),
    tags,
    open: tags.open ?? option.open,
    last: undefined,
  };
});

/** What a tag says of its machines. */
const writtenTags = new OfOption((option) => ({ ...readStrings(option), origins: originsOf(option) }));

/** What in the inventory makes the machine; nothing if only `clan.machines` does. */
function sourcesOf(name: string, option: OptionNode, directory: string | undefined): MachineSource[] {
  const sources = new Set<MachineSource>();
  const pathOf = (name: string): string | undefined => directory && resolvePath(directory, name);
  for (const { file, keys, origins } of option.definitions)
    if (file !== undefined && file === pathOf("inventory.json")) sources.add("inventory.json");
    else if (keys.length > 0 || origins.length > 0) sources.add("inventory");
    else if (file !== undefined && file === pathOf(`machines/${name}`)) sources.add("directory");
  return [...sources];
}

function collectTags(
  tree: OptionNode,
  machines: readonly (readonly [string, OptionNode])[],
  machinesOpen: UnknownPart | undefined,
): { readonly tags: TagTable; readonly tagsOpen: UnknownPart | undefined } {
  const tags = new TagTable();
  let tagsOpen = machinesOpen ?? findOpen(tree, ["inventory", "tags"]);
  for (const [name, option] of machines) {
    const { tags: own, open: hidden } = written.of(option);
    for (const { text, origins } of own.known) tags.add(text, name, origins);
    if (hidden) tagsOpen ??= unknownPart(["inventory", "machines", name, "tags"], hidden, option);
  }
  for (const [tag, option] of tree.at("inventory", "tags")?.children() ?? []) {
    const members = writtenTags.of(option);
    tags.declare(tag, members.origins);
    for (const { text } of members.known) tags.add(tag, text, []);
    if (members.open) tagsOpen ??= unknownPart(["inventory", "tags", tag], members.open, option);
  }
  return { tags, tagsOpen };
}

class TagTable {
  private readonly machines = new Map<string, Set<string>>();
  private readonly tags = new Map<string, Set<string>>();
  private readonly origins = new Map<string, Set<Node>>();

  declare(tag: string, origins: readonly Node[]): void {
    if (!this.machines.has(tag)) this.machines.set(tag, new Set());
    const known = this.origins.get(tag) ?? new Set();
    for (const node of origins) known.add(node);
    this.origins.set(tag, known);
  }

  add(tag: string, machine: string, origins: readonly Node[]): void {
    this.declare(tag, origins);
    this.machines.get(tag)?.add(machine);
    const tags = this.tags.get(machine);
    if (tags === undefined) this.tags.set(machine, new Set([tag]));
    else tags.add(tag);
  }

  /** Sorted. */
  of(machine: string): string[] {
    return [...(this.tags.get(machine) ?? [])].sort();
  }

  /** Sorted; of each tag's members those that are machines. */
  toMap(names: ReadonlyMap<string, unknown>): ReadonlyMap<string, Tag> {
    const sorted = [...this.machines].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(
      sorted.map(([name, members]) => [
        name,
        {
          name,
          machines: [...members].filter((machine) => names.has(machine)).sort(),
          origins: [...(this.origins.get(name) ?? [])],
          predefined: predefinedTags.has(name),
        },
      ]),
    );
  }
}
