/**
 * `lib.updateManyAttrsByPath`: changes parts of a set, each named by its path.
 *
 *   updateManyAttrsByPath [ { path = [ "a" "b" ]; update = old: old + 1; } ] { a.b = 1; }  ->  { a.b = 2; }
 */
import { fail } from "../errors.ts";
import { expectAttrs, expectClosedList, expectString, findAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attr, attrsOf } from "../make.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Attr, Value } from "../value.ts";

interface Update {
  readonly path: readonly string[];
  readonly update: Thunk;
}

export function* updateManyAttrsByPath(updates: Thunk, value: Thunk): Eval<Value> {
  const all: Update[] = [];
  for (const element of expectClosedList(yield updates).elements) {
    const entry = expectAttrs(yield element);
    const path: string[] = [];
    for (const segment of expectClosedList(yield required(entry, "path")).elements)
      path.push(expectString(yield segment).value);
    all.push({ path, update: required(entry, "update") });
  }
  return yield updated(value, all, 0);
}

function required(entry: Value & { type: "attrs" }, name: string): Thunk {
  return findAttr(entry, name) ?? fail("error", `attribute '${name}' missing`);
}

/** `value` (undefined: there is none) after the updates whose paths are `depth` long and longer. */
function updated(value: Thunk | undefined, updates: readonly Update[], depth: number): Thunk {
  const here = updates.filter(({ path }) => path.length === depth);
  const below = updates.filter(({ path }) => path.length > depth);
  let result: Thunk;
  if (below.length > 0) result = new Thunk(() => updatedBelow(value, below, depth));
  else if (value) result = value;
  else {
    const path = here[0]?.path.join(".");
    const message = `updateManyAttrsByPath: Path '${path}' does not exist in the given value, but the first update to this path tries to access the existing value.`;
    result = new Thunk(() => fail("throw", message));
  }
  for (const { update } of here) result = apply(update, result);
  return result;
}

function* updatedBelow(value: Thunk | undefined, updates: readonly Update[], depth: number): Eval<Value> {
  const old = value && (yield value);
  if (old && old.type !== "attrs" && old.type !== "unknown") {
    const path = updates[0]?.path ?? [];
    return fail(
      "throw",
      `updateManyAttrsByPath: Path '${path.join(".")}' needs to be updated, but path '${path.slice(0, depth).join(".")}' of the given value is not an attribute set, so we can't update an attribute inside of it.`,
    );
  }
  const set = old ? expectAttrs(old) : attrsOf(new Map());
  const result = new Map<string, Attr>(set.attrs);
  for (const name of new Set(updates.map(({ path }) => path[depth] as string))) {
    const nested = updates.filter(({ path }) => path[depth] === name);
    const existing = set.attrs.get(name)?.value ?? (set.open && Thunk.of(set.open));
    result.set(name, attr(updated(existing, nested, depth + 1), set.attrs.get(name)?.keys));
  }
  return attrsOf(result, set.origins, set.open);
}
