/**
 * An expression under construction, fed with operands and operators in source order. What never arrives
 * becomes an `error` node, so that something always comes out.
 *
 *   f, a, `++`, (end)   ->   binary (apply f a) ++ error
 */
import type { AttrName, BinaryOp, Expr, Identifier, Source } from "../ast.ts";
import { attrPathOf } from "../names.ts";
import { fieldsOf } from "../places.ts";

/** Something that waits for the operand on its right. Higher levels bind tighter, as in Nix's parser.y. */
interface Waiting {
  readonly level: number;
  /** The function of an application, which stands without its argument as well. */
  readonly fn?: Expr;
  make(right: Expr): Expr;
}

/** `target.a.b` or `target ? a.b` while its names are being read. */
interface OpenPath {
  readonly kind: "select" | "has-attr";
  /** Undefined for a path that begins with `${…}`: only as the name of a binding. */
  readonly target: Expr | undefined;
  readonly names: AttrName[];
  /** The last thing read was the dot (or the question mark). */
  wantsName: boolean;
}

const BODY = -3;
const FALLBACK = 14;
const APPLY = 13;
const NEGATE = 12;
const HAS_ATTR = 11;
const NOT = 7;

const binaryLevels: Readonly<Record<BinaryOp, number>> = {
  "++": 10,
  "*": 9,
  "/": 9,
  "+": 8,
  "-": 8,
  "//": 6,
  "<": 5,
  "<=": 5,
  ">": 5,
  ">=": 5,
  "==": 4,
  "!=": 4,
  "&&": 3,
  "||": 2,
  "->": 1,
  "|>": -1,
  "<|": -2,
};
const rightAssociative = new Set<BinaryOp>(["++", "//", "->", "<|"]);

export function isBinaryOp(token: string): token is BinaryOp {
  return Object.hasOwn(binaryLevels, token);
}

/** What an expression lacks at its end: a value after an operator, or a name after a dot. */
export type Lack = "value" | "name";

export class Expression {
  private last: Expr | undefined;
  private path: OpenPath | undefined;
  private readonly waiting: Waiting[] = [];
  /** How many of them are no bodies. */
  private operators = 0;

  constructor(private readonly source: Source) {}

  /** Nothing has been read. */
  get isEmpty(): boolean {
    return this.last === undefined && this.path === undefined && this.waiting.length === 0;
  }

  /** How many functions and operators wait for what follows. */
  get depth(): number {
    return this.waiting.length;
  }

  /** A value would be an argument now, not an operand or the name after a dot. */
  get hasOperand(): boolean {
    return this.last !== undefined || this.path?.wantsName === false;
  }

  /** The next identifier, string or interpolation is a name of an attribute path. */
  get wantsName(): boolean {
    return this.path?.wantsName === true;
  }

  /** `or` would be the keyword now, not an argument. */
  get endsWithSelection(): boolean {
    const selects = this.path?.kind === "select" && !this.path.wantsName;
    return selects || (this.last?.kind === "select" && this.last.fallback === undefined);
  }

  /** What is missing if nothing more comes. */
  get lacks(): Lack | undefined {
    if (this.wantsName) return "name";
    return this.hasOperand ? undefined : "value";
  }

  /** An operand; behind another one it is that one's argument. */
  add(operand: Expr): void {
    this.beginArgument();
    this.last = operand;
  }

  /** What has been read last, if anything, becomes a function that waits for its argument. */
  private beginArgument(): void {
    this.endPath();
    if (this.last === undefined) return;
    const fn = this.reduce(APPLY, this.last);
    this.last = undefined;
    const make = (arg: Expr): Expr => ({ kind: "apply", ...this.span(fn, arg), fn, arg });
    this.push({ level: APPLY, fn, make });
  }

  /** A name where `wantsName`, or a computed name that begins a path. */
  addName(name: AttrName): void {
    this.path ??= { kind: "select", target: undefined, names: [], wantsName: true };
    this.path.names.push(name);
    this.path.wantsName = false;
  }

  /** `.` or `?`; false if there is nothing it could stand behind. */
  openPath(token: "." | "?"): boolean {
    if (token === "." && this.wantsName) return false;
    if (token === "." && this.path !== undefined) {
      this.path.wantsName = true;
      return true;
    }
    this.endPath();
    if (this.last === undefined) return false;
    const target = token === "?" ? this.reduce(HAS_ATTR, this.last) : this.last;
    this.path = { kind: token === "?" ? "has-attr" : "select", target, names: [], wantsName: true };
    this.last = undefined;
    return true;
  }

  /** `or` behind a selection; false if it is none. */
  openFallback(): boolean {
    this.endPath();
    const select = this.last;
    if (select?.kind !== "select" || select.fallback !== undefined) return false;
    this.last = undefined;
    this.wait(FALLBACK, (fallback) => ({ ...fieldsOf(select), ...this.span(select, fallback), fallback }));
    return true;
  }

  /** False if there is no left operand (or, for `!`, if there is one). */
  addOperator(op: string, start: number): boolean {
    this.endPath();
    if (op === "!" || (op === "-" && this.last === undefined)) {
      if (this.last !== undefined) return false;
      const unary = op === "!" ? ("!" as const) : ("-" as const);
      this.wait(unary === "!" ? NOT : NEGATE, (operand) => ({
        kind: "unary",
        ...this.span({ start }, operand),
        op: unary,
        operand,
      }));
      return true;
    }
    if (this.last === undefined || !isBinaryOp(op)) return false;
    const level = binaryLevels[op];
    const left = this.reduce(rightAssociative.has(op) ? level + 0.5 : level, this.last);
    this.last = undefined;
    this.wait(level, (right) => ({ kind: "binary", ...this.span(left, right), op, left, right }));
    return true;
  }

  /** `x:`, `with s;`, `let … in` and the like can stand here without parentheses. */
  get takesPrefix(): boolean {
    return this.last === undefined && this.path === undefined && this.operators === 0;
  }

  /** `x:`, `with s;`, `let … in` and the like: everything that follows is its body. */
  addPrefix(make: (body: Expr) => Expr): void {
    this.beginArgument();
    this.wait(BODY, make);
  }

  /** All that has been read could be the name of a binding. */
  get isPath(): boolean {
    return this.waiting.length === 0 && this.lastPath !== undefined;
  }

  private get lastPath(): readonly AttrName[] | undefined {
    if (this.path !== undefined) return openNames(this.path);
    return this.last && attrPathOf(this.last);
  }

  /** The last operand if it is a lone name, as in `x:`; it is no longer part of this. */
  takeIdentifier(): Identifier | undefined {
    if (this.path !== undefined || this.last?.kind !== "identifier") return undefined;
    const identifier = this.last;
    this.takePath();
    return identifier;
  }

  /** The last operand if it could be the name of a binding or an argument; it is no longer part of this. */
  takePath(): readonly AttrName[] | undefined {
    const names = this.lastPath;
    if (names === undefined) return undefined;
    this.path = undefined;
    // `f x b` without `b` is `f x`.
    this.last = this.waiting.at(-1)?.fn;
    if (this.last !== undefined) this.pop();
    return names;
  }

  /** The whole, with `error` nodes of no width at `end` for what is missing. */
  finish(end: number): Expr {
    const dangling = this.path?.wantsName === true ? this.path : undefined;
    this.endPath();
    const nothing: Expr = { kind: "error", source: this.source, start: end, end, children: [] };
    if (dangling !== undefined && this.last !== undefined)
      this.last = { ...nothing, start: this.last.start, children: [this.last] };
    const whole = this.reduce(Number.NEGATIVE_INFINITY, this.last ?? nothing);
    this.last = undefined;
    return whole;
  }

  private endPath(): void {
    const path = this.path;
    if (path === undefined) return;
    this.path = undefined;
    const [first] = path.names;
    const lastName = path.names.at(-1);
    if (path.target === undefined)
      this.last = {
        kind: "error",
        source: this.source,
        start: first?.start ?? 0,
        end: lastName?.end ?? 0,
        children: path.names.flatMap((name) => name.expr ?? []),
      };
    else if (lastName === undefined) this.last = path.target;
    else {
      const base = { ...this.span(path.target, lastName), target: path.target, path: path.names };
      this.last =
        path.kind === "select"
          ? { kind: "select", ...base, fallback: undefined }
          : { kind: "has-attr", ...base };
    }
  }

  private wait(level: number, make: (right: Expr) => Expr): void {
    this.push({ level, make });
  }

  private push(waiting: Waiting): void {
    this.waiting.push(waiting);
    if (waiting.level !== BODY) this.operators++;
  }

  private pop(): void {
    if (this.waiting.pop()?.level !== BODY) this.operators--;
  }

  /** Gives `right` to all that waits and binds at least as tightly as `level`. */
  private reduce(level: number, right: Expr): Expr {
    let whole = right;
    for (let top = this.waiting.at(-1); top !== undefined && top.level >= level; top = this.waiting.at(-1)) {
      this.pop();
      whole = top.make(whole);
    }
    return whole;
  }

  private span(first: { start: number }, last: { end: number }) {
    return { source: this.source, start: first.start, end: last.end };
  }
}

function openNames(path: OpenPath): readonly AttrName[] | undefined {
  if (path.kind !== "select") return undefined;
  const before = path.target === undefined ? [] : attrPathOf(path.target);
  return before && [...before, ...path.names];
}
