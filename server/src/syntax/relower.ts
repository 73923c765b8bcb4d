/**
 * The tree of an edited file made of the one before. What the edit did not touch keeps its nodes: the same objects,
 * which stand where their text stands now (places.ts). So whatever hangs on a node outlives an edit elsewhere in the file.
 *
 *   { a = { x = 1; }; b = 2; }   ->   { a = { x = 10; }; b = 2; }
 *   new: the binding `x`, and the nodes it lies in; the same: the binding `b` with all in it
 *
 * Only whole files are read so: two texts without an error, of which the second has a binding just where the one that
 * was edited would be. Everything else then is the same by grammar.
 */
import type { Binding, Expr, Node, Source, SyntaxProblem } from "./ast.ts";
import { BindingChecks } from "./binding-checks.ts";
import type { Change } from "./change.ts";
import type { Lowering } from "./item.ts";
import { childrenOf } from "./navigate.ts";
import type { SyntaxNode, Tree } from "./parser.ts";
import { fieldsOf, type Places, placed, stand, standingOf } from "./places.ts";
import { readTree } from "./read-tree.ts";
import { hasToldPlaces } from "./told-places.ts";

/** Reads anew what became of a binding, or of the root, that holds the change; undefined if no one binding did. */
export type Reread = (old: Node, lowering: Lowering, change: Change) => Node | undefined;

/** Which of the versions that have nodes in common has them now. */
interface Holder {
  now: WholeFile;
}

/** How one version was made of another. */
interface Origin {
  readonly whole: WholeFile;
  /** The nodes that only this version has, and those that only the other has. */
  readonly fresh: readonly Node[];
  readonly gone: readonly Node[];
}

/**
 * A file without problems, as it was lowered. Its nodes move on to the version after it, and come back where that was
 * only tried.
 */
export class WholeFile {
  private readonly holder: Holder;

  private constructor(
    readonly source: Source,
    private readonly places: Places,
    /** As long as the nodes may go back there. */
    private origin?: Origin,
  ) {
    this.holder = origin?.whole.holder ?? { now: this };
  }

  /** Undefined where it was read in spite of a mistake that it does not tell. */
  static of(source: Source): WholeFile | undefined {
    const standing = standingOf(source.root);
    return standing && new WholeFile(source, standing.places);
  }

  /** From now on the nodes are those of this version, at its places. */
  claim(): void {
    const { now } = this.holder;
    if (now === this) return;
    now.giveBack();
    if (this.holder.now === this.origin?.whole) this.take(this.origin);
  }

  /** There is no way back any more. */
  settle(): void {
    if (this.origin !== undefined) this.places.release(this.origin.gone);
    this.origin = undefined;
  }

  private take({ whole, fresh, gone }: Origin): void {
    stand(gone, whole.places.alone);
    stand(fresh, this.places.shared);
    this.places.shared.places = this.places;
    this.holder.now = this;
  }

  private giveBack(): void {
    if (this.origin === undefined) return;
    const { whole, fresh, gone } = this.origin;
    stand(fresh, this.places.alone);
    stand(gone, whole.places.shared);
    whole.places.shared.places = whole.places;
    this.holder.now = whole;
  }

  /** The file after a change; undefined where it must be read as a whole. Then nothing has moved. */
  changed(change: Change, text: string, reread: Reread): WholeFile | undefined {
    const { source: before } = this;
    if (hasToldPlaces(before)) return undefined;
    const problems: SyntaxProblem[] = [];
    const source: { -readonly [K in keyof Source]: Source[K] } = { ...before, text, problems };
    const around = bindingsAround(before.root, change);
    for (const chain of around) {
      const places = this.places.after(change, source);
      const lowering = { source, places, problems, checks: new BindingChecks(problems) };
      const old = chain.at(-1) as Node;
      const fresh = reread(old, lowering, change);
      if (problems.length > 0) return undefined;
      if (fresh === undefined) continue;
      const outer = rebuild(chain, fresh, lowering, change);
      source.root = outer[0] as Expr;
      if (problems.length > 0 || mayBeOpen(fresh, source)) return undefined;
      const next = new WholeFile(source, places, { whole: this, ...difference(chain, outer, places) });
      next.claim();
      return next;
    }
    return undefined;
  }
}

/** The nodes that are new, and those that are no longer there. */
function difference(
  chain: readonly Node[],
  outer: readonly Node[],
  places: Places,
): Pick<Origin, "fresh" | "gone"> {
  const fresh = outer.slice(0, -1);
  const gone = chain.slice(0, -1);
  const kept = new Set<Node>();
  walkAsFar(outer.at(-1) as Node, (node) => {
    const isNew = standingOf(node) === places.home;
    if (isNew) fresh.push(node);
    else kept.add(node);
    return isNew;
  });
  walkAsFar(chain.at(-1) as Node, (node) => {
    const isGone = !kept.has(node);
    if (isGone) gone.push(node);
    return isGone;
  });
  return { fresh, gone };
}

/** Visits what is in a node only where that is asked for. */
function walkAsFar(root: Node, goesOn: (node: Node) => boolean): void {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop())
    if (goesOn(node)) for (const child of childrenOf(node)) pending.push(child);
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
  lowering: Lowering,
  { oldEnd, newEnd }: Change,
): Node[] {
  const outer = [fresh];
  for (let index = chain.length - 2; index >= 0; index--) {
    const old = chain[index] as Node;
    const fields = withChild(fieldsOf(old), chain[index + 1] as Node, outer[0] as Node);
    const node = placed(lowering, { start: old.start, end: old.end + newEnd - oldEnd }, fields);
    if (node.kind === "attrset") lowering.checks.checkSet(node);
    if (node.kind === "let") lowering.checks.checkLet(node.bindings);
    outer.unshift(node);
  }
  return outer;
}

function withChild<F extends object>(fields: F, old: Node, child: Node): F {
  const replaced = Object.entries(fields).map(([key, value]) => {
    if (value === old) return [key, child];
    return [key, Array.isArray(value) && value.includes(old) ? value.with(value.indexOf(old), child) : value];
  });
  return Object.fromEntries(replaced);
}
