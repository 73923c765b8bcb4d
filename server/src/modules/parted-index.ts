/**
 * A `NodeIndex` in parts, one for each thing of a clan (a machine, an instance, settings): of those that are the same
 * objects as in a state before, what was indexed then is taken over.
 *
 *   indexInParts(clan.tree, [])   after an edit of one machine   ->   walks through that machine, and no other
 */
import type { Node } from "../syntax/ast.ts";
import { addOption, indexNodes, type NodeIndex } from "./node-index.ts";
import type { OptionNode } from "./option-node.ts";
import { holdsOptions, optionsBelow } from "./options-below.ts";

type Part = ReadonlyMap<Node, readonly OptionNode[]>;

// What is below an option stays the same, and so does what is indexed of it; it goes with the option.
const indexed = new WeakMap<OptionNode, Part>();

/** `others`: trees that are one part each. Below an option that is left out nothing is indexed. */
export function indexInParts(
  tree: OptionNode,
  others: readonly OptionNode[],
  isLeftOut: (option: OptionNode) => boolean = () => false,
): NodeIndex {
  return new PartedIndex([...partsOf(tree, isLeftOut), ...others.map(indexOf)]);
}

class PartedIndex implements NodeIndex {
  private whole: Part | undefined;

  constructor(private readonly parts: readonly Part[]) {}

  get(node: Node): readonly OptionNode[] | undefined {
    if (this.whole !== undefined) return this.whole.get(node);
    let found: readonly OptionNode[] | undefined;
    for (const part of this.parts) {
      const here = part.get(node);
      if (here !== undefined) found = found === undefined ? here : [...found, ...here];
    }
    return found;
  }

  keys(): MapIterator<Node> {
    return this.all().keys();
  }

  [Symbol.iterator](): MapIterator<[Node, readonly OptionNode[]]> {
    return this.all()[Symbol.iterator]();
  }

  private all(): Part {
    this.whole ??= together(this.parts);
    return this.whole;
  }
}

function together(parts: readonly Part[]): Part {
  const all = new Map<Node, readonly OptionNode[]>();
  for (const part of parts)
    for (const [node, options] of part) {
      const before = all.get(node);
      all.set(node, before === undefined ? options : [...before, ...options]);
    }
  return all;
}

/** The things of a tree, and what lies around them, in the order of a walk: of several options, the first counts most. */
function partsOf(tree: OptionNode, isLeftOut: (option: OptionNode) => boolean): readonly Part[] {
  const parts: Part[] = [];
  let around = new Map<Node, OptionNode[]>();
  const goesOn = (one: OptionNode): boolean => !isThing(one) && holdsOptions(one) && !isLeftOut(one);
  for (const option of optionsBelow(tree, goesOn)) {
    if (isThing(option)) {
      if (around.size > 0) parts.push(around);
      around = new Map();
      parts.push(indexOf(option));
    } else addOption(around, option);
  }
  return [...parts, around];
}

function indexOf(root: OptionNode): Part {
  const known = indexed.get(root) ?? indexNodes(root);
  indexed.set(root, known);
  return known;
}

/** A member of a set whose names a person chooses, with options of its own. */
function isThing({ type, parent }: OptionNode): boolean {
  return type?.kind === "submodule" && parent?.type?.kind === "attrsOf";
}
