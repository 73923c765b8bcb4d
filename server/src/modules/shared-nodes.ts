/**
 * Option nodes that outlive their evaluation. What is defined by data alone, below an option whose type is always
 * the same, comes out the same in each evaluation: its children, their checked and merged values and all that
 * rules ask of them are taken over as long as nobody touches what it is written as.
 *
 *   inventory.machines.web = import ./web.nix;    with  { tags = [ "srv" ]; }  in web.nix
 *   an edit of db.nix   ->   machines.db is made anew, what lies below machines.web is not
 *
 * That the type is the same object as in the evaluation before is the proof that it comes from neither; so nothing
 * is kept of the first evaluation.
 */
import type { Thunk } from "../nix/thunk.ts";
import { isLeaf, type ReuseMember } from "./expand.ts";
import type { OptionNode } from "./option-node.ts";
import type { OptionType } from "./option-type.ts";
import type { RawDefinition } from "./properties.ts";
import type { NodeParts, TreeNode } from "./tree.ts";

/** A node, but for the evaluation it belongs to. */
export type Essence = Omit<NodeParts, "surroundings">;

/** What a node was made of, and the node to be kept that was made of the same. */
interface Entry {
  readonly parts: Essence;
  kept: TreeNode | undefined;
  /** A string in it is the path of a module: it is more than data. */
  isRefused: boolean;
}

/** Nodes with no evaluation around them. */
export interface Lasting {
  /** The node of these parts below that one; `before` is what stood in its place. */
  readonly make: (parts: Essence, parent: OptionNode | undefined, before?: TreeNode) => TreeNode;
  /** Whether nothing at or below it hangs on a file. */
  readonly readsNothing: (node: OptionNode) => boolean;
}

/** By the path of the node above, and the name below it. */
class Entries {
  private readonly members = new Map<string, Map<string, Entry>>();

  /** Those of a node that has any. */
  find(path: readonly string[]): ReadonlyMap<string, Entry> | undefined {
    return this.members.get(path.join("\0"));
  }

  below(path: readonly string[]): Map<string, Entry> {
    const key = path.join("\0");
    const found = this.members.get(key) ?? new Map<string, Entry>();
    this.members.set(key, found);
    return found;
  }

  get(path: readonly string[]): Entry | undefined {
    return this.find(path.slice(0, -1))?.get(path.at(-1) ?? "");
  }

  set(path: readonly string[], entry: Entry): void {
    this.below(path.slice(0, -1)).set(path.at(-1) ?? "", entry);
  }
}

export class SharedNodes {
  private readonly entries = new Entries();

  constructor(
    private readonly lasting: Lasting,
    private readonly before = new Entries(),
  ) {}

  /** Whether a node of these parts is worth a look at what defines it, which is evaluated anyway. */
  static mayKeep({ type, option, inherited, enclosing, isRoot }: Essence): boolean {
    if (isRoot || inherited !== undefined || enclosing !== undefined || option?.apply !== undefined)
      return false;
    if (type === undefined || type.kind === "undeclared" || isLeaf(type)) return false;
    return !(type.kind === "submodule" && type.group);
  }

  /** For the next evaluation of the same modules. What that does not ask for is forgotten with this one. */
  next(): SharedNodes {
    return new SharedNodes(this.lasting, this.entries);
  }

  /** The node that stands for all below one of these parts. Its definitions must have been evaluated. */
  find(parts: Essence, parent: OptionNode | undefined): TreeNode | undefined {
    if (parts.incoming.length === 0 || !parts.incoming.every(isData)) return undefined;
    const before = this.before.get(parts.path);
    const isStatic = before !== undefined && isSameDeclaration(before.parts, parts);
    const entry = isStatic && isSameDefinitions(before.parts, parts) ? before : entryOf(parts);
    this.entries.set(parts.path, entry);
    return isStatic ? this.keep(entry, parent, before.kept) : entry.kept;
  }

  /** The very node that stood there before, where nothing has to be evaluated to know that it still does. */
  findAtOnce(parts: Essence, parent: OptionNode): TreeNode | undefined {
    if (!SharedNodes.mayKeep(parts)) return undefined;
    const before = this.before.get(parts.path);
    if (before === undefined || !isSameDeclaration(before.parts, parts)) return undefined;
    if (!isSameDefinitions(before.parts, parts)) return undefined;
    this.entries.set(parts.path, before);
    return this.keep(before, parent);
  }

  /** `findAtOnce` for the members of a set, without a word about the place of each. */
  membersOf(parent: OptionNode): ReuseMember | undefined {
    const before = this.before.find(parent.path);
    if (before === undefined) return undefined;
    const entries = this.entries.below(parent.path);
    return (name, type, incoming, inherited) => {
      const entry = before.get(name);
      if (inherited !== undefined || entry?.kept === undefined) return undefined;
      if (!isSameDeclaration(entry.parts, { type, option: undefined })) return undefined;
      if (!isSameDefinitions(entry.parts, { incoming })) return undefined;
      entries.set(name, entry);
      return entry.kept;
    };
  }

  private keep(entry: Entry, parent: OptionNode | undefined, before?: TreeNode): TreeNode | undefined {
    if (entry.kept !== undefined || entry.isRefused) return entry.kept;
    const made = this.lasting.make(entry.parts, this.outline(parent), before);
    entry.isRefused = entry.parts.incoming.some(namesPath) && !this.lasting.readsNothing(made);
    entry.kept = entry.isRefused ? undefined : made;
    return entry.kept;
  }

  /** What a node is without its definitions and declarations, which come from an evaluation, or may. */
  private outline(node: OptionNode | undefined): OptionNode | undefined {
    if (node === undefined) return undefined;
    const { path, parent } = node;
    const type = node.type && outlineOf(node.type);
    const parts = { path, option: undefined, type, incoming: [], inherited: undefined };
    return this.lasting.make(parts, this.outline(parent));
  }
}

/** Of declared options none is kept: their defaults may be those of one clan. */
function outlineOf(type: OptionType): OptionType {
  if (type.kind !== "submodule") return type;
  return { kind: "submodule", options: { options: new Map(), freeform: type.options.freeform } };
}

function entryOf({ path, option, type, incoming }: Essence): Entry {
  return { parts: { path, option, type, incoming, inherited: undefined }, kept: undefined, isRefused: false };
}

/** It is unconditional data. */
function isData({ value: { value }, conditions }: RawDefinition): boolean {
  if (value === undefined || (value.type !== "attrs" && value.type !== "list") || !value.isData) return false;
  return conditions.length === 0;
}

/** It has a string that could be taken for the path of a module. */
function namesPath({ value: { value } }: RawDefinition): boolean {
  return (value?.origins ?? []).some(({ source, start, end }) =>
    /["']\//.test(source.text.slice(start, end)),
  );
}

/** Whether two nodes are of the same option. */
export function isSameDeclaration(
  a: Pick<Essence, "type" | "option">,
  b: Pick<Essence, "type" | "option">,
): boolean {
  return a.type === b.type && a.option === b.option;
}

/** Whether they are defined by the same. */
export function isSameDefinitions(
  { incoming: a }: Pick<Essence, "incoming">,
  { incoming: b }: Pick<Essence, "incoming">,
): boolean {
  return a.length === b.length && a.every((definition, index) => isSameDefinition(definition, b[index]));
}

function isSameDefinition(a: RawDefinition, b: RawDefinition | undefined): boolean {
  return (
    b !== undefined &&
    isSameThunk(a.value, b.value) &&
    a.file === b.file &&
    a.conditional === b.conditional &&
    a.isLookedAt === b.isLookedAt &&
    b.conditions.length === 0 &&
    a.priority === b.priority &&
    a.order === b.order &&
    a.keys.length === b.keys.length &&
    a.keys.every((key, index) => key === b.keys[index])
  );
}

function isSameThunk(a: Thunk, b: Thunk): boolean {
  return a === b || (a.value !== undefined && a.value === b.value && a.node === b.node);
}
