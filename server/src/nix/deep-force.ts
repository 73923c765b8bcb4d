/**
 * Evaluates a value and all its parts, as `deepSeq` and `--strict` do. Cycles are fine.
 *
 *   deepForce({ a = 1 + 1; b = throw "x"; })   ->   throws "x"
 */
import type { Eval } from "./machine.ts";
import { sortedAttrs } from "./order.ts";
import type { Thunk } from "./thunk.ts";
import type { Value } from "./value.ts";

/** Throws the first failure in Nix's order. Parts that are unknown are no failure. */
export function* deepForce(root: Thunk): Eval<Value> {
  const value = yield root;
  const seen = new Set<Value>();
  const todo: Thunk[] = [root];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const part = yield next;
    if ((part.type !== "list" && part.type !== "attrs") || seen.has(part)) continue;
    seen.add(part);
    const parts =
      part.type === "list" ? part.elements : sortedAttrs(part).map(([, attribute]) => attribute.value);
    for (let i = parts.length - 1; i >= 0; i--) todo.push(parts[i] as Thunk);
  }
  return value;
}
