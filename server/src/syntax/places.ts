/**
 * Where the nodes of a file stand. A node does not say so itself: it has a number, and the version of its file that is
 * looked at has the offsets for each number. So the nodes that an edit did not touch stand at their new places as soon as
 * their file has the version after it, and at the old ones again where that was only tried.
 *
 *   { a = 1; b = 2; }   ->   { a = 10; b = 2; }      the binding `b` is the same object; its `start` was 9 and is 10
 */
import type { Node, Source } from "./ast.ts";
import type { Change } from "./change.ts";

/** What nodes of a file have in common: the version at whose places they stand. */
export interface Standing {
  places: Places;
}

/** Room for what the first edits add. */
const SPARE = 1024;

/** The offsets of all nodes of one version. */
export class Places {
  /** Of nodes that stand in this version for good, since no other has them. */
  readonly alone: Standing = { places: this };
  /** Of nodes that go on to the versions made of this one. */
  readonly shared: Standing;
  /** Of nodes that are made for this version. */
  readonly home: Standing;
  /** The start of node n is at 2n, its end behind it. */
  private offsets: Int32Array;
  private used = 0;
  /** Numbers of nodes that are no longer there. */
  private readonly free: number[] = [];

  constructor(
    readonly source: Source,
    before?: Places,
  ) {
    this.shared = before?.shared ?? { places: this };
    this.home = before === undefined ? this.shared : this.alone;
    this.offsets = new Int32Array((before?.used ?? 0) + SPARE);
  }

  /** Those of the version that a change makes of this one. */
  after({ oldEnd, newEnd }: Change, source: Source): Places {
    const next = new Places(source, this);
    const { offsets } = next;
    const grown = newEnd - oldEnd;
    offsets.set(this.offsets.subarray(0, this.used));
    for (let at = 0; at < this.used; at += 2) {
      if ((offsets[at] as number) < oldEnd) continue;
      offsets[at] = (offsets[at] as number) + grown;
      offsets[at + 1] = (offsets[at + 1] as number) + grown;
    }
    next.used = this.used;
    for (const number of this.free) next.free.push(number);
    return next;
  }

  /** The number of one more node. */
  add(start: number, end: number): number {
    const number = this.free.pop() ?? this.used / 2;
    const at = 2 * number;
    if (at === this.used) this.used += 2;
    if (at === this.offsets.length) {
      const { offsets } = this;
      this.offsets = new Int32Array(2 * at);
      this.offsets.set(offsets);
    }
    this.offsets[at] = start;
    this.offsets[at + 1] = end;
    return number;
  }

  startOf(number: number): number {
    return this.offsets[2 * number] as number;
  }

  endOf(number: number): number {
    return this.offsets[2 * number + 1] as number;
  }

  /** Gives their numbers to others: no version that is still to come has these nodes. */
  release(nodes: readonly Node[]): void {
    for (const node of nodes) if (node instanceof PlacedNode) this.free.push(node.number);
  }
}

/** A node whose place is looked up. */
class PlacedNode {
  constructor(
    public standing: Standing,
    readonly number: number,
  ) {}

  get source(): Source {
    return this.standing.places.source;
  }

  get start(): number {
    return this.standing.places.startOf(this.number);
  }

  get end(): number {
    return this.standing.places.endOf(this.number);
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

type Fields<N> = N extends Node ? Omit<N, "source" | "start" | "end"> : never;

/** A node of all but its place. Like every object with getters it must not be spread. */
export function placed<const F extends Fields<Node>>(
  { places }: { readonly places: Places },
  { start, end }: Span,
  fields: F,
): Extract<Node, { kind: F["kind"] }> {
  return Object.assign(new PlacedNode(places.home, places.add(start, end)), fields) as unknown as Extract<
    Node,
    { kind: F["kind"] }
  >;
}

/** What a node is made of, but for its place. */
export function fieldsOf<N extends Node>(node: N): Fields<N> {
  const {
    standing: _standing,
    number: _number,
    source: _,
    start: __,
    end: ___,
    ...fields
  } = node as N & PlacedNode;
  return fields as unknown as Fields<N>;
}

/** Undefined for a node of a file that was read in spite of mistakes: it never moves. */
export function standingOf(node: Node): Standing | undefined {
  return node instanceof PlacedNode ? node.standing : undefined;
}

export function stand(nodes: readonly Node[], standing: Standing): void {
  for (const node of nodes) if (node instanceof PlacedNode) node.standing = standing;
}
