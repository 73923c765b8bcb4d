/**
 * The tree of an edited file made of the one before. What the edit did not touch keeps its nodes: the same objects,
 * moved to where their text stands now. So whatever hangs on a node outlives an edit elsewhere in the file.
 *
 *   { a = { x = 1; }; b = 2; }   ->   { a = { x = 10; }; b = 2; }
 *   new: the binding `x`, and the nodes it lies in; moved: the binding `b` with all in it
 *
 * Only whole files are read so: two texts without an error, of which the second has a binding just where the one that
 * was edited would be. Everything else then is the same by grammar.
 */
import type { Binding, Expr, Node, Source, SyntaxProblem } from "./ast.ts";
import { BindingChecks } from "./binding-checks.ts";
import type { Change } from "./change.ts";
import type { Lowering } from "./item.ts";
import { childrenOf, walk } from "./navigate.ts";
import type { SyntaxNode, Tree } from "./parser.ts";
import { readTree } from "./read-tree.ts";
import { hasToldPlaces } from "./told-places.ts";

/** Reads anew what became of a binding, or of the root, that holds the change; undefined if no one binding did. */
export type Reread = (old: Node, lowering: Lowering, change: Change) => Node | undefined;

/** Which of the versions that have nodes in common has them now. */
interface Holder {
  now: WholeFile;
}

/**
 * A file without problems, as it was lowered. Its nodes move on to the version after it, and come back where that was
 * only tried.
 */
export class WholeFile {
  /** All nodes, each before those in it. */
  private nodes: Node[] | undefined;
  private readonly holder: Holder;

  constructor(
    readonly source: Source,
    nodes?: Node[],
    /** What it was made of, as long as the nodes may go back there. */
    private origin?: { readonly whole: WholeFile; readonly change: Change },
  ) {
    this.nodes = nodes;
    this.holder = origin?.whole.holder ?? { now: this };
    this.holder.now = this;
  }

  /** From now on the nodes are those of this version, at its places. */
  claim(): void {
    const { now } = this.holder;
    if (now === this) return;
    now.giveBack();
    if (this.holder.now === this || this.origin === undefined) return;
    const { start, oldEnd, newEnd } = this.origin.change;
    moveNodes(this.nodes ?? [], this.origin.whole.source, this.source, { start, oldEnd, newEnd });
    this.holder.now = this;
  }

  /** There is no way back any more. */
  settle(): void {
    this.origin = undefined;
  }

  private giveBack(): void {
    if (this.origin === undefined) return;
    const { whole, change } = this.origin;
    const { start, oldEnd, newEnd } = change;
    moveNodes(whole.nodes ?? [], this.source, whole.source, { start, oldEnd: newEnd, newEnd: oldEnd });
    this.holder.now = whole;
  }

  /** The file after a change; undefined where it must be read as a whole. Then nothing has moved. */
  changed(change: Change, text: string, reread: Reread): WholeFile | undefined {
    const { source: before } = this;
    if (hasToldPlaces(before)) return undefined;
    const problems: SyntaxProblem[] = [];
    const source: { -readonly [K in keyof Source]: Source[K] } = { ...before, text, problems };
    const around = bindingsAround(before.root, change);
    const lowering = { source, problems, checks: new BindingChecks(problems) };
    for (const chain of around) {
      const old = chain.at(-1) as Node;
      const fresh = reread(old, lowering, change);
      if (problems.length > 0) return undefined;
      if (fresh === undefined) continue;
      const outer = rebuild(chain, fresh, source, change, lowering.checks);
      source.root = outer[0] as Expr;
      if (problems.length > 0 || mayBeOpen(fresh, source)) return undefined;
      const nodes = this.nodesAfter(chain, outer);
      moveNodes(nodes, before, source, change);
      return new WholeFile(source, nodes, { whole: this, change });
    }
    return undefined;
  }

  /** All nodes of the version after. */
  private nodesAfter(chain: readonly Node[], outer: readonly Node[]): Node[] {
    const [old, fresh] = [chain.at(-1) as Node, outer.at(-1) as Node];
    this.nodes ??= nodesBelow(this.source.root);
    const known = this.nodes;
    const at = known.indexOf(old);
    const nodes = known.slice(0, at).concat(nodesBelow(fresh), known.slice(at + nodesBelow(old).length));
    for (const [index, node] of outer.slice(0, -1).entries())
      nodes[known.indexOf(chain[index] as Node)] = node;
    return nodes;
  }
}

/** Those of them that are another version's become this version's, at their places in it. */
function moveNodes(nodes: readonly Moving[], from: Source, to: Source, { oldEnd, newEnd }: Change): void {
  const grown = newEnd - oldEnd;
  for (const node of nodes) {
    if (node.source !== from) continue;
    if (node.start >= oldEnd) {
      node.start += grown;
      node.end += grown;
    }
    node.source = to;
  }
}

/** Nobody else changes a node. */
interface Moving {
  source: Source;
  start: number;
  end: number;
}

function nodesBelow(root: Node): Node[] {
  const nodes: Node[] = [];
  walk(root, (node) => nodes.push(node));
  return nodes;
}

/** The nodes down to each binding that holds the change within it, innermost first; at last the root alone. */
function bindingsAround(root: Expr, { start, oldEnd }: Change): Node[][] {
  const chain: Node[] = [root];
  const found: Node[][] = [[root]];
  for (;;) {
    const inner = childrenOf(chain.at(-1) as Node).find((child) => child.start < start && oldEnd < child.end);
    if (inner === undefined) return found.reverse();
    chain.push(inner);
    if (inner.kind === "binding") found.push([...chain]);
  }
}

/** Reads a binding of Nix, of the parser's tree of the text after the change. */
export function rereadNix(tree: Tree): Reread {
  return (old, lowering, change) => {
    const found = old.kind === "binding" ? bindingAt(tree, old, change) : tree.rootNode;
    if (found === undefined) return undefined;
    const unchanged = unchangedBindings(old, change);
    const item = readTree(found, false, lowering, (type, from, to) => {
      const kept = type === "binding" ? unchanged.get(from) : undefined;
      return kept?.end === to ? kept.binding : undefined;
    });
    const built = old.kind === "binding" ? item.built : item.parts[0]?.built;
    return built as Node | undefined;
  };
}

/** The parser's binding that stands where the old one would be. */
function bindingAt(tree: Tree, old: Node, { oldEnd, newEnd }: Change): SyntaxNode | undefined {
  const end = old.end + newEnd - oldEnd;
  const found = tree.rootNode.descendantForIndex(old.start, end);
  const isThere = found?.type === "binding" && found.startIndex === old.start && found.endIndex === end;
  return isThere ? found : undefined;
}

/** A binding before or behind the change, and where it ends in the text after it. */
export interface Unchanged {
  readonly binding: Binding;
  readonly end: number;
}

/** What of a node stands before or behind the change, by where it starts in the text after it. */
export function unchangedBindings(
  old: Node,
  { start, oldEnd, newEnd }: Change,
): ReadonlyMap<number, Unchanged> {
  const bindings = new Map<number, Unchanged>();
  const pending: Node[] = [old];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const isBehind = node.start >= oldEnd;
    if (node.kind === "binding" && (isBehind || node.end <= start)) {
      const moved = isBehind ? newEnd - oldEnd : 0;
      bindings.set(node.start + moved, { binding: node, end: node.end + moved });
    } else for (const child of childrenOf(node)) pending.push(child);
  }
  return bindings;
}

/** A path of several lines may be one that is still being written (open-paths.ts). */
function mayBeOpen(fresh: Node, source: Source): boolean {
  const pending: Node[] = [fresh];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.source !== source) continue;
    if (
      node.kind === "binding" &&
      source.text.slice(node.path[0]?.start, node.path.at(-1)?.end).includes("\n")
    )
      return true;
    for (const child of childrenOf(node)) pending.push(child);
  }
  return false;
}

/** The nodes around the new one, from the root to it, each with the next in place of the old. */
function rebuild(
  chain: readonly Node[],
  fresh: Node,
  source: Source,
  { oldEnd, newEnd }: Change,
  checks: BindingChecks,
): Node[] {
  const outer = [fresh];
  for (let index = chain.length - 2; index >= 0; index--) {
    const old = chain[index] as Node;
    const node = withChild(old, chain[index + 1] as Node, outer[0] as Node);
    Object.assign(node, { source, end: old.end + newEnd - oldEnd });
    if (node.kind === "attrset") checks.checkSet(node);
    if (node.kind === "let") checks.checkLet(node.bindings);
    outer.unshift(node);
  }
  return outer;
}

function withChild(node: Node, old: Node, child: Node): Node {
  const replaced = Object.entries(node).map(([key, value]) => {
    if (value === old) return [key, child];
    return [key, Array.isArray(value) && value.includes(old) ? value.with(value.indexOf(old), child) : value];
  });
  return Object.fromEntries(replaced);
}
