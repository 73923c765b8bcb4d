/**
 * How borrowed values (borrowed-values.ts) looked to the borrower, and whether other values look the same.
 *
 *   { a = 1; b = 2; }, of which somebody asked for `a`   ->   looks like   { a = 1; b = 3; }
 */
import type { Node } from "../syntax/ast.ts";
import type { Borrowed, BorrowedValues, BorrowingHooks, Lender } from "./borrowed-values.ts";
import type { Env } from "./env.ts";
import { NixError } from "./errors.ts";
import type { Eval } from "./step.ts";
import { Thunk } from "./thunk.ts";
import type { Attr, AttrsValue, Failure, Outcome, Unknown, Value } from "./value.ts";

/** The value, or its failure as data. */
export function* outcomeOf(thunk: Thunk): Eval<Outcome> {
  try {
    return yield thunk;
  } catch (error) {
    if (error instanceof NixError) return error.failure;
    throw error;
  }
}

/** A value without its parts, or what the borrower has itself in its place. */
export class Look {
  constructor(
    readonly outcome: Outcome | Thunk,
    readonly parts: readonly Borrowed[] = [],
    readonly mark: boolean = false,
    readonly attrs?: BorrowedAttrs,
  ) {}
}

/** It holds more than values do: a builtin, or data of TypeScript's (an option type). */
export function isNative(value: Value): boolean {
  if (value.type === "builtin") return true;
  if (value.type !== "attrs") return false;
  // Of the thunks in it nobody would know.
  if (value.open?.alternatives !== undefined) return true;
  return Object.keys(value).some((key) => !OF_ATTRS.has(key));
}

const OF_ATTRS: ReadonlySet<string> = new Set([
  "type",
  "attrs",
  "open",
  "origins",
  "isData",
  "isWhole",
  "namesOf",
  "lacks",
]);

/** Remembers which names were asked for, and whether where the set is written. */
export class BorrowedAttrs implements ReadonlyMap<string, Attr> {
  /** With those that are not there. */
  readonly asked = new Map<string, { readonly part: Borrowed; readonly attr: Attr } | undefined>();
  /** All, if somebody wanted all. */
  listed: ReadonlyMap<string, Attr> | undefined;
  written: { readonly origins: readonly Node[] | undefined } | undefined;

  constructor(
    private readonly lent: BorrowedValues,
    private source: AttrsValue | undefined,
  ) {}

  moveTo(source: AttrsValue | undefined): void {
    this.source = source;
  }

  get origins(): readonly Node[] | undefined {
    this.written ??= { origins: this.lender()?.origins };
    return this.written.origins;
  }

  get(name: string): Attr | undefined {
    if (this.asked.has(name)) return this.asked.get(name)?.attr;
    const attr = this.lender()?.attrs.get(name);
    const part = attr && this.lent.part(attr.value);
    const found = attr && part && { part, attr: { value: part.thunk, keys: attr.keys } };
    this.asked.set(name, found);
    return found?.attr;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get size(): number {
    return this.all().size;
  }

  forEach(visit: (attr: Attr, name: string, map: ReadonlyMap<string, Attr>) => void): void {
    this.all().forEach(visit);
  }

  entries(): MapIterator<[string, Attr]> {
    return this.all().entries();
  }

  keys(): MapIterator<string> {
    return this.all().keys();
  }

  values(): MapIterator<Attr> {
    return this.all().values();
  }

  [Symbol.iterator](): MapIterator<[string, Attr]> {
    return this.entries();
  }

  private all(): ReadonlyMap<string, Attr> {
    if (this.listed === undefined) {
      const all = new Map<string, Attr>();
      for (const name of this.lender()?.attrs.keys() ?? []) {
        const attr = this.get(name);
        if (attr !== undefined) all.set(name, attr);
      }
      this.listed = all;
    }
    return this.listed;
  }

  /** Undefined between two states, in which nobody may ask. */
  private lender(): AttrsValue | undefined {
    if (this.source === undefined) this.lent.spoil();
    return this.source;
  }
}

/** A frame of borrowed variables. */
export class BorrowedEnv implements Env {
  readonly slots: Thunk[];

  constructor(
    readonly up: BorrowedEnv | undefined,
    readonly parts: readonly Borrowed[],
  ) {
    this.slots = parts.map(({ thunk }) => thunk);
  }
}

/** Holds what was borrowed against other values, and moves it there as it goes. */
export class Move {
  readonly moved = new Map<Borrowed, Thunk>();
  readonly scopes = new Map<BorrowedEnv, Env>();
  private readonly pending: (readonly [Borrowed, Thunk])[] = [];

  constructor(
    private readonly lender: Lender,
    private readonly hooks: BorrowingHooks,
  ) {}

  /** To be compared by `run`; false if it surely is another one. */
  add(borrowed: Borrowed, thunk: Thunk): boolean {
    const known = this.moved.get(borrowed);
    if (known !== undefined) return known === thunk;
    if (borrowed.thunk.node !== thunk.node) return false;
    this.moved.set(borrowed, thunk);
    this.pending.push([borrowed, thunk]);
    return true;
  }

  run(): boolean {
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) {
      const [{ look }, thunk] = next;
      next[0].moveTo(thunk);
      if (look !== undefined && !this.looksLike(look, this.lender.run(outcomeOf(thunk)))) return false;
    }
    return true;
  }

  private looksLike({ outcome, parts, mark, attrs }: Look, other: Outcome): boolean {
    const own = other.type === "failure" ? undefined : this.hooks.own(other);
    if (own !== undefined || outcome instanceof Thunk) return own === outcome;
    if (other.type === "failure") return outcome.type === "failure" && isSameFailure(outcome, other);
    if (isNative(other)) return false;
    const written = attrs === undefined ? outcome : attrs.written;
    if (written !== undefined && !isSameNodes(written.origins, other.origins)) return false;
    switch (outcome.type) {
      case "null":
        return other.type === "null";
      case "bool":
      case "int":
      case "path":
        return other.type === outcome.type && other.value === outcome.value;
      case "float":
        return other.type === "float" && Object.is(other.value, outcome.value);
      case "string":
        return (
          other.type === "string" &&
          other.value === outcome.value &&
          isSameContext(other.context, outcome.context)
        );
      case "lambda":
        return (
          other.type === "lambda" &&
          other.node === outcome.node &&
          other.name === outcome.name &&
          this.isSameEnv(outcome.env, other.env)
        );
      case "unknown":
        return (
          other.type === "unknown" &&
          this.isSameUnknown(outcome, mark, other) &&
          this.addAll(parts, other.alternatives ?? [])
        );
      case "list":
        if (other.type !== "list") return false;
        if (outcome.isData || other.isData) return outcome === other;
        return this.isSameOpen(outcome.open, mark, other.open) && this.addAll(parts, other.elements);
      case "attrs":
        if (other.type !== "attrs") return false;
        if (attrs === undefined || other.isData) return outcome === other;
        if (outcome.isWhole !== other.isWhole || outcome.namesOf !== other.namesOf) return false;
        if (outcome.lacks !== other.lacks) return false;
        return this.isSameOpen(outcome.open, mark, other.open) && this.addMembers(attrs, other);
      default:
        return false;
    }
  }

  private addAll(parts: readonly Borrowed[], thunks: readonly Thunk[]): boolean {
    return (
      parts.length === thunks.length &&
      thunks.every((thunk, index) => {
        const part = parts[index];
        return part !== undefined && this.add(part, thunk);
      })
    );
  }

  private addMembers(attrs: BorrowedAttrs, source: AttrsValue): boolean {
    attrs.moveTo(source);
    if (attrs.listed !== undefined && !isSame([...attrs.listed.keys()], [...source.attrs.keys()]))
      return false;
    for (const [name, known] of attrs.asked) {
      const attr = source.attrs.get(name);
      if (known === undefined || attr === undefined) {
        if (known !== attr) return false;
      } else if (!isSameNodes(known.attr.keys, attr.keys) || !this.add(known.part, attr.value)) return false;
    }
    return true;
  }

  private isSameEnv(before: Env | undefined, after: Env | undefined): boolean {
    let [borrowed, env] = [before, after];
    while (borrowed instanceof BorrowedEnv && env !== undefined) {
      const known = this.scopes.get(borrowed);
      if (known !== undefined) return known === env;
      this.scopes.set(borrowed, env);
      if (!this.addAll(borrowed.parts, env.slots)) return false;
      [borrowed, env] = [borrowed.up, env.up];
    }
    return borrowed === env;
  }

  private isSameUnknown(before: Unknown, mark: boolean, after: Unknown): boolean {
    return (
      before.reason === after.reason &&
      isSameNodes(before.origins, after.origins) &&
      mark === this.hooks.mark(after)
    );
  }

  private isSameOpen(before: Unknown | undefined, mark: boolean, after: Unknown | undefined): boolean {
    if (before === undefined || after === undefined) return before === after;
    return this.isSameUnknown(before, mark, after);
  }
}

/** One that ends the whole evaluation is none that the next one has to have. */
function isSameFailure(a: Failure, b: Failure): boolean {
  const [traceA = [], traceB = []] = [a.trace, b.trace];
  return (
    a.kind !== "budget" &&
    a.kind === b.kind &&
    a.message === b.message &&
    isSameNodes(a.origins, b.origins) &&
    isSameNodes(a.written, b.written) &&
    isSame(a.meant ?? [], b.meant ?? []) &&
    traceA.length === traceB.length &&
    traceA.every(
      ({ message, node }, index) => message === traceB[index]?.message && node === traceB[index]?.node,
    )
  );
}

function isSameContext(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  return isSame([...(a ?? [])], [...(b ?? [])]);
}

function isSameNodes(a: readonly Node[] = [], b: readonly Node[] = []): boolean {
  return isSame(a, b);
}

function isSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
