/** `a.b.c` as the names it is made of. */
import type { AttrName, Expr, Identifier } from "../../syntax/ast.ts";

/** Of `(((a).b).c).d`: each of the selections has a chain of its own. */
const MAX_SELECTIONS = 100;

/** Those from the first computed one on are left out. Empty where no variable comes first. */
export type Chain = readonly (Identifier | AttrName)[];

export function chainOf(expr: Expr): Chain {
  const paths: (readonly AttrName[])[] = [];
  let at = expr;
  // Whether a set has a name is no set.
  while (at.kind === "select" || (at.kind === "has-attr" && at === expr)) {
    if (paths.push(at.path) > MAX_SELECTIONS) return [];
    at = at.target;
  }
  if (at.kind !== "identifier") return [];
  const chain: (Identifier | AttrName)[] = [at];
  for (const name of paths.reverse().flat()) {
    if (name.name === undefined) break;
    chain.push(name);
  }
  return chain;
}
