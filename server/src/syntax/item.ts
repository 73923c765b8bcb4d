/**
 * A node of the parser's tree on its way to becoming ours.
 *
 *   binding(attrpath, `=`, integer, `;`)   ->   item binding with four items, built: { kind: "binding", … }
 */
import type { AttrName, BindingLike, Expr, Formal, Param, Source, StringPart, SyntaxProblem } from "./ast.ts";
import type { BindingChecks } from "./binding-checks.ts";
import type { Places } from "./places.ts";

export interface Item {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** The parser made it up: it has no width. */
  readonly missing: boolean;
  /** Comments are left out; in a tree without an error so are tokens that are no parts. */
  readonly children: readonly Item[];
  /** The children without brackets, keywords and the like: the parts of the grammar's rule in their order. */
  readonly parts: readonly Item[];
  /** It or something in it is an error; then it is not built but repaired. */
  readonly damaged: boolean;
  readonly built: Built;
}

/** What a whole item becomes; undefined for tokens and for what only its parent reads. */
export type Built =
  | Expr
  | StringPart
  | BindingLike
  | AttrName
  | Param
  | Formal
  | readonly AttrName[]
  | readonly BindingLike[]
  | undefined;

/** What all nodes of one file share while they are built. */
export interface Lowering {
  readonly source: Source;
  readonly places: Places;
  readonly problems: SyntaxProblem[];
  readonly checks: BindingChecks;
}
