/**
 * The values of the partial evaluator. A value is what Nix has, or `Unknown` with a reason; attribute
 * sets and lists may be *open*: some members known, others possible.
 *
 *   inputs.foo.machines // { a = 1; }   ->   attrs { a = 1 } open because "input foo is not available"
 *
 * Provenance: a value's `origins` are the nodes it was written at (several when `//` or repeated
 * attribute paths merged it); an attribute's `keys` are the places its name was written.
 */
import type { Expr, Node } from "../syntax/ast.ts";
import type { Env } from "./env.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Step } from "./step.ts";
import type { Thunk } from "./thunk.ts";

interface ValueBase {
  readonly origins?: readonly Node[] | undefined;
}

export interface NullValue extends ValueBase {
  readonly type: "null";
}
export interface BoolValue extends ValueBase {
  readonly type: "bool";
  readonly value: boolean;
}
/** 64-bit signed. */
export interface IntValue extends ValueBase {
  readonly type: "int";
  readonly value: bigint;
}
export interface FloatValue extends ValueBase {
  readonly type: "float";
  readonly value: number;
}
/** `context` holds store references (derivation and path names), undefined when empty. */
export interface StringValue extends ValueBase {
  readonly type: "string";
  readonly value: string;
  readonly context?: ReadonlySet<string> | undefined;
  /** The file whose whole text it is. */
  readonly file?: string | undefined;
}
/** Absolute, normalised. */
export interface PathValue extends ValueBase {
  readonly type: "path";
  readonly value: string;
}
export interface ListValue extends ValueBase {
  readonly type: "list";
  readonly elements: readonly Thunk[];
  /** Set when further elements, at any place, may exist. */
  readonly open?: Unknown | undefined;
  /** It and all in it is written out, so it is the same in every evaluation of the file (compile/data.ts). */
  readonly isData?: boolean;
}
export interface Attr {
  readonly value: Thunk;
  /** Where the name was written; several after a merge, none when made by a builtin. */
  readonly keys: readonly Node[];
}
export interface AttrsValue extends ValueBase {
  readonly type: "attrs";
  readonly attrs: ReadonlyMap<string, Attr>;
  /** Set when further attributes may exist. */
  readonly open?: Unknown | undefined;
  /** It and all in it is written out, so it is the same in every evaluation of the file (compile/data.ts). */
  readonly isData?: boolean;
  /** It is given to code as it is, whatever else is evaluated: a name that it lacks is a mistake of that code. */
  readonly isWhole?: boolean;
  /** What its names are, where a finding of its own tells of one that it lacks. */
  readonly namesOf?: string;
  /** Names that it surely lacks, although it is open. */
  readonly lacks?: ReadonlySet<string>;
}
export interface LambdaValue extends ValueBase {
  readonly type: "lambda";
  readonly node: Expr & { kind: "lambda" };
  /** What it was bound to where it was written, if anything. */
  readonly name: string | undefined;
  readonly env: Env | undefined;
  /** Binds `arg` and runs the body; called by the interpreter only. `call` is where it is called, if anywhere. */
  readonly enter: (
    env: Env | undefined,
    arg: Thunk,
    interpreter: Interpreter,
    call: Node | undefined,
  ) => Step;
}
/** A primitive, with the arguments it has been given so far. */
export interface BuiltinValue extends ValueBase {
  readonly type: "builtin";
  readonly name: string;
  readonly arity: number;
  readonly args: readonly Thunk[];
  readonly call: (args: readonly Thunk[], interpreter: Interpreter) => Step;
  /** What `builtins.functionArgs` answers, for natives that stand for `{ a, b ? … }:` functions. */
  readonly formals?: ReadonlyMap<string, boolean> | undefined;
}
/** Nothing is claimed about it. `alternatives` are what it could be (both branches of an `if`). */
export interface Unknown extends ValueBase {
  readonly type: "unknown";
  /** A clause a person can read: "the input nixpkgs is not available". */
  readonly reason: string;
  readonly alternatives?: readonly Thunk[] | undefined;
  /**
   * Why a set of a library is open, whose names change little: those it has beside its members. A name that is
   * nearly one it has is a mistake.
   */
  readonly vocabulary?: ReadonlySet<string> | undefined;
}

export type Value =
  | NullValue
  | BoolValue
  | IntValue
  | FloatValue
  | StringValue
  | PathValue
  | ListValue
  | AttrsValue
  | LambdaValue
  | BuiltinValue
  | Unknown;

/** What forcing at the border gives: a value, or the failure as data. */
export type Outcome = Value | Failure;
export interface MissingName {
  readonly of: string;
  readonly name: string;
  /** The names that there are, where a message lists them. */
  readonly among?: readonly string[] | undefined;
}
/** A failing `throw`, `abort`, `assert`, type error, infinite recursion, or exhausted budget. */
export interface Failure {
  readonly type: "failure";
  readonly kind: "throw" | "abort" | "assert" | "error" | "recursion" | "budget";
  readonly message: string;
  readonly origins?: readonly Node[] | undefined;
  /** Where the value was written that is of a wrong type; `origins` is where it is used. */
  readonly written?: readonly Node[] | undefined;
  /** What is wrong in a file of data that was read (JSON, TOML), in words of its own. */
  readonly inData?:
    | { readonly path: string; readonly start: number; readonly end: number; readonly message: string }
    | undefined;
  /** A recursion in which all is asked for by Nix as well, and nothing by us alone. */
  readonly isOfNix?: boolean | undefined;
  /** A name that is missing in a set that is whole, or nearly one that a library has: it is wrong for sure. */
  readonly isOfWhole?: boolean | undefined;
  /** What the name that is missing would have been: the set's `namesOf`, or why it cannot be had. */
  readonly missing?: MissingName | undefined;
  /** Names like the one that is not there, the likeliest first. */
  readonly meant?: readonly string[] | undefined;
  /** It hangs on when it was asked for: what is left of the whole budget, or somebody who wants no answer any more. */
  readonly isPassing?: boolean;
  readonly trace?: readonly { readonly message: string; readonly node?: Node | undefined }[] | undefined;
}
