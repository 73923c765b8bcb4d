/**
 * What `nix-instantiate` and `nix eval` do with a file that is a function: call it, if its formals can be
 * filled from the arguments at hand (none, usually) and their defaults.
 *
 *   { a ? 1, ... }: { b = a; }   ->   { b = 1; }
 */
import { fail } from "./errors.ts";
import { apply } from "./interpreter.ts";
import { attrsOf } from "./make.ts";
import type { Eval } from "./step.ts";
import { Thunk } from "./thunk.ts";
import type { Attr, Value } from "./value.ts";

/** The value itself if it is no function that takes a set. Throws for a formal that cannot be filled. */
export function* autoCall(value: Value, args: ReadonlyMap<string, Attr> = new Map()): Eval<Value> {
  while (value.type === "attrs") {
    const functor = value.attrs.get("__functor");
    if (functor === undefined) return value;
    value = yield apply(functor.value, Thunk.of(value));
  }
  if (value.type !== "lambda") return value;
  const { formals, ellipsis } = value.node.param;
  if (formals === undefined) return value;
  const given = new Map(ellipsis ? args : []);
  for (const formal of formals) {
    const { name, fallback } = formal;
    const arg = args.get(name.name);
    if (arg) given.set(name.name, arg);
    else if (fallback === undefined) {
      fail(
        "error",
        `cannot evaluate a function that has an argument without a value ('${name.name}')`,
        formal,
      );
    }
  }
  return yield apply(value, Thunk.of(attrsOf(given)));
}
