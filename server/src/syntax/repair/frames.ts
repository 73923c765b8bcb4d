/**
 * What has been opened and not yet closed while a broken file is read, innermost last.
 *
 *   { a = [ x ▮   ->   top, set, value a, list
 */
import type { AttrName, BindingLike, Expr, Formal, Identifier, Source, StringPart } from "../ast.ts";
import type { Item } from "../item.ts";
import { Expression } from "./expression.ts";
import type { PendingParam } from "./pending-param.ts";

interface Opened {
  /** The unit that opened it, for messages and ranges. */
  readonly open: Item;
}

/** Holds one expression. `statement` is what stands where a binding should, until its `=` is seen. */
export interface GroupFrame extends Opened {
  readonly kind: "top" | "paren" | "interpolation" | "statement" | "with" | "assert" | "if";
  readonly expr: Expression;
}
/** Behind the `=` of a binding. */
export interface ValueFrame extends Opened {
  readonly kind: "value";
  readonly expr: Expression;
  readonly path: readonly AttrName[];
}
export interface ThenFrame extends Opened {
  readonly kind: "then";
  readonly expr: Expression;
  readonly condition: Expr;
}
/** Behind the `?` of a function argument. */
export interface DefaultFrame extends Opened {
  readonly kind: "default";
  readonly expr: Expression;
  readonly name: Identifier;
}
export interface ListFrame extends Opened {
  readonly kind: "list";
  /** The element that is being read. */
  expr: Expression;
  readonly elements: Expr[];
  broken: boolean;
}
export interface BindingsFrame extends Opened {
  readonly kind: "set" | "let";
  /** A `let` that has an `in` further on. */
  readonly paired: boolean;
  readonly recursive: boolean;
  readonly legacyLet: boolean;
  readonly bindings: BindingLike[];
  broken: boolean;
  /** What stands after the bindings of a `let` that has no `in`. */
  body: Expr | undefined;
}
/** `"…`, `''…` or a path, whose pieces are text and interpolations. */
export interface TextFrame extends Opened {
  readonly kind: "text";
  readonly parts: StringPart[];
}
export interface InheritFrame extends Opened {
  readonly kind: "inherit";
  from: Expr | undefined;
  readonly names: AttrName[];
}
export interface FormalsFrame extends Opened {
  readonly kind: "formals";
  readonly formals: Formal[];
  ellipsis: boolean;
  /** `name@` before it. */
  readonly param: PendingParam | undefined;
  /** The last argument has not been followed by a comma. */
  wantsComma: boolean;
}

export type ExpressionFrame = GroupFrame | ValueFrame | ThenFrame | DefaultFrame | ListFrame;
export type Frame = ExpressionFrame | BindingsFrame | TextFrame | InheritFrame | FormalsFrame;

export function groupFrame(kind: GroupFrame["kind"], open: Item, source: Source): GroupFrame {
  return { kind, open, expr: new Expression(source) };
}

export function holdsExpression(frame: Frame): frame is ExpressionFrame {
  return "expr" in frame;
}

export function holdsBindings(frame: Frame): frame is BindingsFrame {
  return frame.kind === "set" || frame.kind === "let";
}

/** Closed by a bracket or quote of its own: left open, that is what is wrong. */
export function isBracket(frame: Frame): boolean {
  if (frame.kind === "set") return frame.open.type === "{";
  return ["list", "paren", "interpolation", "formals", "text"].includes(frame.kind);
}

/** Closed by `}`. */
export function isBrace(frame: Frame): boolean {
  return frame.kind === "set" || frame.kind === "interpolation" || frame.kind === "formals";
}

/** The token that would have ended a frame without a bracket. */
export const endings: ReadonlyMap<Frame["kind"], string> = new Map([
  ["value", ";"],
  ["inherit", ";"],
  ["with", ";"],
  ["assert", ";"],
  ["let", "in"],
  ["if", "then"],
  ["then", "else"],
]);
