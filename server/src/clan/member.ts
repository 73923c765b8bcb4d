/** `set.a.b`, of values: undefined where an attribute is missing, or what holds it is no known set. */
import type { Eval } from "../nix/step.ts";
import type { Thunk } from "../nix/thunk.ts";
import type { Value } from "../nix/value.ts";

export function* memberOf(set: Thunk, ...path: readonly string[]): Eval<Value | undefined> {
  let value: Value = yield set;
  for (const name of path) {
    const next: Thunk | undefined = value.type === "attrs" ? value.attrs.get(name)?.value : undefined;
    if (next === undefined) return undefined;
    value = yield next;
  }
  return value;
}
