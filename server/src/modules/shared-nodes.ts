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
import { isLeaf } from "./expand.ts";
import { mayNameModule } from "./names-module.ts";
import type { OptionNode } from "./option-node.ts";
import type { RawDefinition } from "./properties.ts";
import type { NodeParts, TreeNode } from "./tree.ts";

/** A node, but for the evaluation it belongs to. */
export type Essence = Omit<NodeParts, "surroundings">;

/** What a node was made of, and the node to be kept that was made of the same. */
interface Entry {
  readonly parts: Essence;
  kept: TreeNode | undefined;
}

export class SharedNodes {
  private readonly entries = new Map<string, Entry>();

  /** `make`: the node of these parts below that one, with no evaluation around it. */
  constructor(
    private readonly make: (parts: Essence, parent: OptionNode | undefined) => TreeNode,
    private readonly before: ReadonlyMap<string, Entry> = new Map(),
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
    return new SharedNodes(this.make, this.entries);
  }

  /** The node that stands for all below one of these parts. Its definitions must have been evaluated. */
  find(parts: Essence, parent: OptionNode | undefined): TreeNode | undefined {
    if (parts.incoming.length === 0 || !parts.incoming.every((raw) => isData(raw, parts))) return undefined;
    const key = keyOf(parts);
    const before = this.before.get(key);
    const isStatic = before !== undefined && isSameDeclaration(before.parts, parts);
    const entry = isStatic && isSameDefinitions(before.parts, parts) ? before : entryOf(parts);
    this.entries.set(key, entry);
    if (isStatic) entry.kept ??= this.make(entry.parts, this.outline(parent));
    return entry.kept;
  }

  /** The very node that stood there before, where nothing has to be evaluated to know that it still does. */
  findAtOnce(parts: Essence, parent: OptionNode): TreeNode | undefined {
    if (!SharedNodes.mayKeep(parts)) return undefined;
    const key = keyOf(parts);
    const before = this.before.get(key);
    if (before === undefined || !isSameDeclaration(before.parts, parts)) return undefined;
    if (!isSameDefinitions(before.parts, parts)) return undefined;
    this.entries.set(key, before);
    before.kept ??= this.make(before.parts, this.outline(parent));
    return before.kept;
  }

  /** What a node is without its definitions, which come from an evaluation, as does the type of a whole tree. */
  private outline(node: OptionNode | undefined): OptionNode | undefined {
    if (node === undefined) return undefined;
    const { path, option, parent } = node;
    const type = parent && node.type;
    return this.make({ path, option, type, incoming: [], inherited: undefined }, this.outline(parent));
  }
}

function keyOf({ path }: Essence): string {
  return path.join("\0");
}

function entryOf({ path, option, type, incoming }: Essence): Entry {
  return { parts: { path, option, type, incoming, inherited: undefined }, kept: undefined };
}

/** It is unconditional data, in which no string is taken for the path of a module. */
function isData({ value: { value }, conditions }: RawDefinition, { type }: Essence): boolean {
  if (value === undefined || (value.type !== "attrs" && value.type !== "list") || !value.isData) return false;
  return conditions.length === 0 && !(value.origins ?? []).some((node) => mayNameModule(type, node));
}

function isSameDeclaration(a: Essence, b: Essence): boolean {
  return a.type === b.type && a.option === b.option;
}

function isSameDefinitions({ incoming: a }: Essence, { incoming: b }: Essence): boolean {
  return a.length === b.length && a.every((definition, index) => isSameDefinition(definition, b[index]));
}

function isSameDefinition(a: RawDefinition, b: RawDefinition | undefined): boolean {
  return (
    b !== undefined &&
    a.value.value === b.value.value &&
    a.value.node === b.value.node &&
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
