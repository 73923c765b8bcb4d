/**
 * The Nix syntax tree everything above `syntax` reads: plain objects that say what was written (an attribute path
 * stays a path), so that findings and edits point at real text; the evaluator desugars on its own side.
 *
 * Nobody changes a node, but for where it stands: after an edit the nodes of all other text are the same objects, of the
 * new version of the file and at their places in it (relower.ts). So whoever keeps a node keeps no offset of it.
 *
 *   { a.b = 1; }  ->  attrset [ binding { path: [a, b], value: int 1 } ]
 *
 * Offsets are UTF-16 code units into `source.text`, `start` inclusive and `end` exclusive.
 */

import type { ShellScript } from "./shell/ast.ts";

/** One version of one file. `path` is absolute, with `/`. A JSON file is lowered to the same tree. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly language: "nix" | "json";
  /** Always present: an unreadable file is one `error` node. */
  readonly root: Expr;
  readonly problems: readonly SyntaxProblem[];
  /** The shell script that a string of this file holds, parsed when first asked for. JSON holds none. */
  readonly script?: (string: StringExpr) => ShellScript;
}

/** A place the parser could not read. `message` is a full sentence. */
export interface SyntaxProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** What surely mends it. */
  readonly repair?: SyntaxRepair | undefined;
}

export interface SyntaxRepair {
  /** What it does, for a person: "Insert `;`". */
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface NodeBase {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

export interface IntLiteral extends NodeBase {
  readonly kind: "int";
  readonly text: string;
}
export interface FloatLiteral extends NodeBase {
  readonly kind: "float";
  readonly text: string;
}
export interface UriLiteral extends NodeBase {
  readonly kind: "uri";
  readonly text: string;
}

/** Parts are cooked: escapes resolved and, for `''`, indentation stripped as Nix strips it. */
export interface StringExpr extends NodeBase {
  readonly kind: "string";
  readonly indented: boolean;
  readonly parts: readonly StringPart[];
}
export type StringPart = StringText | Interpolation;
export interface StringText extends NodeBase {
  readonly kind: "text";
  readonly text: string;
}
export interface Interpolation extends NodeBase {
  readonly kind: "interpolation";
  readonly expr: Expr;
}

/** `./a/${b}.nix`, `/etc`, `~/x`. Text parts hold the path as written, unresolved. */
export interface PathExpr extends NodeBase {
  readonly kind: "path";
  readonly parts: readonly StringPart[];
}
/** `<nixpkgs/lib>`; `text` without the angle brackets. */
export interface SearchPath extends NodeBase {
  readonly kind: "search-path";
  readonly text: string;
}

export interface Identifier extends NodeBase {
  readonly kind: "identifier";
  readonly name: string;
}

export interface AttrSet extends NodeBase {
  readonly kind: "attrset";
  readonly recursive: boolean;
  /** The pre-2.0 form `let { body = …; }`. */
  readonly legacyLet: boolean;
  readonly bindings: readonly BindingLike[];
  /** Part of the body could not be parsed: more attributes may be meant than are listed. */
  readonly broken: boolean;
}
export type BindingLike = Binding | Inherit;
export interface Binding extends NodeBase {
  readonly kind: "binding";
  readonly path: readonly AttrName[];
  readonly value: Expr;
}
/** `inherit a b;` or `inherit (from) a b;` */
export interface Inherit extends NodeBase {
  readonly kind: "inherit";
  readonly from: Expr | undefined;
  readonly names: readonly AttrName[];
}
/**
 * One segment of an attribute path. `name` is known for `a` and `"a"`; undefined when the segment is
 * computed (`${x}`, `"a-${x}"`), and then `expr` is what computes it.
 */
export interface AttrName extends NodeBase {
  readonly kind: "attr-name";
  readonly quoted: boolean;
  readonly name: string | undefined;
  readonly expr: Expr | undefined;
}

export interface ListExpr extends NodeBase {
  readonly kind: "list";
  readonly elements: readonly Expr[];
  readonly broken: boolean;
}
export interface LetExpr extends NodeBase {
  readonly kind: "let";
  readonly bindings: readonly BindingLike[];
  readonly body: Expr;
  readonly broken: boolean;
}
export interface WithExpr extends NodeBase {
  readonly kind: "with";
  readonly scope: Expr;
  readonly body: Expr;
}
export interface AssertExpr extends NodeBase {
  readonly kind: "assert";
  readonly condition: Expr;
  readonly body: Expr;
}
export interface IfExpr extends NodeBase {
  readonly kind: "if";
  readonly condition: Expr;
  readonly consequence: Expr;
  readonly alternative: Expr;
}

export interface Lambda extends NodeBase {
  readonly kind: "lambda";
  readonly param: Param;
  readonly body: Expr;
}
/** `x:` has only `name`; `{ a, b ? 1, ... }@x:` has `formals` and perhaps `name`. */
export interface Param extends NodeBase {
  readonly kind: "param";
  readonly name: Identifier | undefined;
  readonly formals: readonly Formal[] | undefined;
  readonly ellipsis: boolean;
}
export interface Formal extends NodeBase {
  readonly kind: "formal";
  readonly name: Identifier;
  readonly fallback: Expr | undefined;
}

export interface Apply extends NodeBase {
  readonly kind: "apply";
  readonly fn: Expr;
  readonly arg: Expr;
}
/** `target.a.b or fallback` */
export interface Select extends NodeBase {
  readonly kind: "select";
  readonly target: Expr;
  readonly path: readonly AttrName[];
  readonly fallback: Expr | undefined;
}
export interface HasAttr extends NodeBase {
  readonly kind: "has-attr";
  readonly target: Expr;
  readonly path: readonly AttrName[];
}
export interface Unary extends NodeBase {
  readonly kind: "unary";
  readonly op: "!" | "-";
  readonly operand: Expr;
}
export type BinaryOp =
  | "+"
  | "-"
  | "*"
  | "/"
  | "++"
  | "//"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "&&"
  | "||"
  | "->"
  | "|>"
  | "<|";
export interface Binary extends NodeBase {
  readonly kind: "binary";
  readonly op: BinaryOp;
  readonly left: Expr;
  readonly right: Expr;
}
/** Text the parser could not read; `children` are the whole expressions salvaged from inside it. */
export interface ErrorExpr extends NodeBase {
  readonly kind: "error";
  readonly children: readonly Expr[];
  /** Why, where that is not the parser. */
  readonly reason?: string;
}

export type Expr =
  | IntLiteral
  | FloatLiteral
  | UriLiteral
  | StringExpr
  | PathExpr
  | SearchPath
  | Identifier
  | AttrSet
  | ListExpr
  | LetExpr
  | WithExpr
  | AssertExpr
  | IfExpr
  | Lambda
  | Apply
  | Select
  | HasAttr
  | Unary
  | Binary
  | ErrorExpr;

/** Anything a value or an attribute can have come from. */
export type Node = Expr | StringPart | BindingLike | AttrName | Param | Formal;
