/**
 * Evaluates a value and all its parts, as `deepSeq` and `--strict` do. Cycles are fine.
 *
 *   deepForce({ a = 1 + 1; b = throw "x"; })   ->   throws "x"
 */
import { fail } from "./errors.ts";
import { sortedAttrs } from "./order.ts";
import type { Eval } from "./step.ts";
import type { Thunk } from "./thunk.ts";
import type { Value } from "./value.ts";

/** Data nested more deeply than this has no end, as far as anybody can tell. */
const MAX_DEPTH = 250_000;

/** Throws the first failure in Nix's order. Parts that are unknown are no failure. */
export function* deepForce(root: Thunk): Eval<Value> {
  const value = yield root;
  const seen = new Set<Value>();
  // Two stacks in step: the parts still to visit, and how deep they are.
  const todo: Thunk[] = [root];
  const depths: number[] = [0];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const depth = (depths.pop() ?? 0) + 1;
    if (depth > MAX_DEPTH) fail("budget", "stack overflow; the value is nested too deeply");
    const part = yield next;
    if ((part.type !== "list" && part.type !== "attrs") || seen.has(part)) continue;
    seen.add(part);
    const parts =
      part.type === "list" ? part.elements : sortedAttrs(part).map(([, attribute]) => attribute.value);
    for (let i = parts.length - 1; i >= 0; i--) {
      todo.push(parts[i] as Thunk);
      depths.push(depth);
    }
  }
  return value;
}
