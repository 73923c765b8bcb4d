/** `a.b.c` as the names it is made of. */
import type { AttrName, Expr, Identifier } from "../../syntax/ast.ts";

/** Those from the first computed one on are left out. Empty where no variable comes first. */
export type Chain = readonly (Identifier | AttrName)[];

export function chainOf(expr: Expr): Chain {
  if (expr.kind === "identifier") return [expr];
  if (expr.kind !== "select" && expr.kind !== "has-attr") return [];
  const before = chainOf(expr.target);
  const target = expr.target.kind === "select" ? expr.target.path : [];
  if (before.length === 0 || target.some(({ name }) => name === undefined)) return before;
  const computed = expr.path.findIndex(({ name }) => name === undefined);
  return [...before, ...(computed < 0 ? expr.path : expr.path.slice(0, computed))];
}
