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
  const machines = [...declared.keys()]
    .sort()
    .map((name) => [name, declared.get(name) as OptionNode] as const);
  const open =
    findOpen(tree, ["inventory", "machines"]) ??
    findOpen(tree, ["machines"]) ??
    (directory === undefined ? findOpen(tree, ["directory"]) : undefined);
  const said = tagsSaid(tree);
  const table = tableOf(machines, said);
  const tagsOpen = open ?? findOpen(tree, ["inventory", "tags"]) ?? hiddenTags(machines, said);
  const known = machines.map(([name, option]): [string, Machine] => {
    const own = written.of(option);
    const { last } = own;
    const module = modules?.child(name);
    const ownTags = table.of(name);
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
    tags: { known: table.byName, open: tagsOpen },
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

type Named = readonly [string, OptionNode];

/** A tag of `inventory.tags`. */
interface Said {
  readonly tag: string;
  readonly option: OptionNode;
  readonly members: Strings;
  readonly origins: readonly Node[];
}

function tagsSaid(tree: OptionNode): Said[] {
  const tags = tree.at("inventory", "tags")?.children() ?? new Map<string, OptionNode>();
  return [...tags].map(([tag, option]) => {
    const { known, open, origins } = writtenTags.of(option);
    return { tag, option, members: { known, open }, origins };
  });
}

/** The first place where machines or tags say something that is not known. */
function hiddenTags(machines: readonly Named[], said: readonly Said[]): UnknownPart | undefined {
  for (const [name, option] of machines) {
    const { open } = written.of(option);
    if (open) return unknownPart(["inventory", "machines", name, "tags"], open, option);
  }
  for (const { tag, option, members } of said)
    if (members.open) return unknownPart(["inventory", "tags", tag], members.open, option);
  return undefined;
}

interface KnownTable {
  readonly machines: readonly Named[];
  readonly said: readonly Said[];
  readonly table: TagTable;
}

/** The table that was made last of the machines of which this is the first. */
const tables = new WeakMap<OptionNode, KnownTable>();

/** The table of the state before, where no machine and no tag is different. */
function tableOf(machines: readonly Named[], said: readonly Said[]): TagTable {
  const first = machines[0]?.[1];
  const last = first && tables.get(first);
  if (last !== undefined && areTheSame(last.machines, machines) && saysTheSame(last.said, said))
    return last.table;
  const table = new TagTable(machines, said);
  if (first !== undefined && machines.every(([, option]) => option.lasts))
    tables.set(first, { machines, said, table });
  return table;
}

/** A lasting option is the same as long as nobody has touched what it is written as. */
function areTheSame(a: readonly Named[], b: readonly Named[]): boolean {
  return (
    a.length === b.length && a.every(([name, option], at) => name === b[at]?.[0] && option === b[at]?.[1])
  );
}

function saysTheSame(a: readonly Said[], b: readonly Said[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ tag, members, origins }, index) => {
      const other = b[index] as Said;
      return (
        tag === other.tag &&
        isSame(origins, other.origins) &&
        members.known.length === other.members.known.length &&
        members.known.every(({ text }, at) => text === other.members.known[at]?.text)
      );
    })
  );
}

/** Which machine has which tags. */
class TagTable {
  private readonly machines = new Map<string, Set<string>>();
  private readonly tags = new Map<string, Set<string>>();
  private readonly origins = new Map<string, Set<Node>>();
  private readonly sorted = new Map<string, readonly string[]>();
  /** Sorted; of each tag's members those that are machines. */
  readonly byName: ReadonlyMap<string, Tag>;

  constructor(machines: readonly Named[], said: readonly Said[]) {
    for (const [name, option] of machines)
      for (const { text, origins } of written.of(option).tags.known) this.add(text, name, origins);
    for (const { tag, members, origins } of said) {
      this.declare(tag, origins);
      for (const { text } of members.known) this.add(tag, text, []);
    }
    this.byName = this.toMap(new Set(machines.map(([name]) => name)));
  }

  /** Sorted. */
  of(machine: string): readonly string[] {
    const known = this.sorted.get(machine) ?? [...(this.tags.get(machine) ?? [])].sort();
    this.sorted.set(machine, known);
    return known;
  }

  private declare(tag: string, origins: readonly Node[]): void {
    if (!this.machines.has(tag)) this.machines.set(tag, new Set());
    const known = this.origins.get(tag) ?? new Set();
    for (const node of origins) known.add(node);
    this.origins.set(tag, known);
  }

  private add(tag: string, machine: string, origins: readonly Node[]): void {
    this.declare(tag, origins);
    this.machines.get(tag)?.add(machine);
    const tags = this.tags.get(machine);
    if (tags === undefined) this.tags.set(machine, new Set([tag]));
    else tags.add(tag);
  }

  private toMap(names: ReadonlySet<string>): ReadonlyMap<string, Tag> {
    return new Map(
      [...this.machines.keys()].sort().map((name) => [
        name,
        {
          name,
          machines: [...(this.machines.get(name) ?? [])].filter((machine) => names.has(machine)).sort(),
          origins: [...(this.origins.get(name) ?? [])],
          predefined: predefinedTags.has(name),
        },
      ]),
    );
  }
}
