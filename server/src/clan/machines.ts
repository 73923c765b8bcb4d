/**
 * The machines of a clan and their tags, from everything that makes a machine: the inventory, the clan's
 * `machines`, folders in `machines/`, inventory.json.
 *
 *   { inventory.machines.web.tags = [ "srv" ]; }  ->  machines { web (all, nixos, srv) }, tags { all, …, srv }
 */
import type { OptionNode } from "../modules/option-node.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Node } from "../syntax/ast.ts";
import { findOpen, originsOf, readStrings, unknownPart } from "./definitions.ts";
import type { Machine, MachineSource, NameSet, Tag, UnknownPart } from "./model.ts";

const predefinedTags = ["all", "darwin", "nixos"] as const;

export interface MachinesAndTags {
  readonly machines: NameSet<Machine>;
  readonly tags: NameSet<Tag>;
}

/** `directory`: the clan's folder; undefined if it is not known. */
export function collectMachines(
  tree: OptionNode,
  directory: string | undefined,
  snapshot: Snapshot,
): MachinesAndTags {
  const found = new Map<string, FoundMachine>();
  const add = (name: string, source: MachineSource, option?: OptionNode): void => {
    const machine = found.get(name) ?? { name, sources: [], origins: [], option: undefined };
    if (!machine.sources.includes(source)) machine.sources.push(source);
    machine.origins.push(...(option === undefined ? [] : originsOf(option)));
    machine.option ??= source === "machines" ? undefined : option;
    found.set(name, machine);
  };
  for (const [name, option] of tree.at("inventory", "machines")?.children() ?? [])
    for (const source of inventorySources(option, directory)) add(name, source, option);
  for (const [name, option] of tree.child("machines")?.children() ?? []) add(name, "machines", option);
  const folders = directory === undefined ? undefined : snapshot.readDir(`${directory}/machines`);
  for (const [name, type] of folders ?? []) if (type === "directory") add(name, "directory");

  const sorted = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const open =
    findOpen(tree, ["inventory", "machines"]) ??
    findOpen(tree, ["machines"]) ??
    (directory === undefined ? findOpen(tree, ["directory"]) : undefined);
  return withTags(tree, sorted, open);
}

interface FoundMachine {
  readonly name: string;
  readonly sources: MachineSource[];
  readonly origins: Node[];
  /** Its entry in the inventory. */
  option: OptionNode | undefined;
}

/** Whether the entry is written in Nix, in inventory.json, or both; none if only clan itself makes it. */
function inventorySources(option: OptionNode, directory: string | undefined): MachineSource[] {
  const sources = new Set<MachineSource>();
  for (const { file, keys, origins } of option.definitions)
    if (file !== undefined && file === `${directory}/inventory.json`) sources.add("inventory.json");
    else if (keys.length > 0 || origins.length > 0) sources.add("inventory");
  return [...sources];
}

function withTags(
  tree: OptionNode,
  found: readonly FoundMachine[],
  machinesOpen: UnknownPart | undefined,
): MachinesAndTags {
  const tags = new TagTable();
  let tagsOpen = machinesOpen ?? findOpen(tree, ["inventory", "tags"]);
  const classes = new Map<string, Machine["class"]>();
  for (const { name, option } of found) {
    const declared = readStrings(option?.child("tags"));
    for (const { text, origins } of declared.known) tags.add(text, name, origins);
    const hidden = declared.open ?? option?.open;
    if (hidden) tagsOpen ??= unknownPart(["inventory", "machines", name, "tags"], hidden);
    const machineClass = option?.child("machineClass")?.value();
    if (machineClass?.type === "unknown")
      tagsOpen ??= unknownPart(["inventory", "machines", name, "machineClass"], machineClass);
    classes.set(
      name,
      machineClass?.type === "string" && machineClass.value === "darwin" ? "darwin" : "nixos",
    );
  }
  const global = tree.at("inventory", "tags");
  for (const [tag, option] of global?.children() ?? []) {
    const members = readStrings(option);
    tags.declare(tag, originsOf(option));
    for (const { text } of members.known) tags.add(tag, text, []);
    if (members.open) tagsOpen ??= unknownPart(["inventory", "tags", tag], members.open);
  }
  for (const tag of predefinedTags) {
    if (global?.child(tag) !== undefined) continue;
    tags.declare(tag, []);
    for (const { name } of found) if (tag === "all" || classes.get(name) === tag) tags.add(tag, name, []);
  }
  const names = new Set(found.map(({ name }) => name));
  return {
    machines: {
      known: new Map(
        found.map((machine) => [
          machine.name,
          toMachine(machine, classes.get(machine.name) ?? "nixos", tags),
        ]),
      ),
      open: machinesOpen,
    },
    tags: { known: tags.toMap(names), open: tagsOpen },
  };
}

function toMachine(found: FoundMachine, machineClass: Machine["class"], tags: TagTable): Machine {
  return {
    name: found.name,
    class: machineClass,
    tags: tags.of(found.name),
    targetHost: found.option?.at("deploy", "targetHost")?.string(),
    sources: found.sources,
    origins: [...new Set(found.origins)],
  };
}

class TagTable {
  private readonly machines = new Map<string, Set<string>>();
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
  }

  /** Sorted. */
  of(machine: string): string[] {
    return [...this.machines]
      .filter(([, members]) => members.has(machine))
      .map(([tag]) => tag)
      .sort();
  }

  /** Sorted; of each tag's members those that are machines. */
  toMap(names: ReadonlySet<string>): ReadonlyMap<string, Tag> {
    const sorted = [...this.machines].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(
      sorted.map(([name, members]) => [
        name,
        {
          name,
          machines: [...members].filter((machine) => names.has(machine)).sort(),
          origins: [...(this.origins.get(name) ?? [])],
          predefined: predefinedTags.some((tag) => tag === name),
        },
      ]),
    );
  }
}
