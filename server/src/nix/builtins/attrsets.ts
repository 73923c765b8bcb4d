/**
 * Attribute sets: `attrNames`, `mapAttrs`, `listToAttrs`, `intersectAttrs`, …
 *
 *   builtins.mapAttrs (name: value: name + value) { a = "1"; }  ->  { a = "a1"; }
 *
 * Attributes keep the places their names were written (`keys`), and names handed out as strings carry them
 * as their origins, so that `listToAttrs (map f (attrNames set))` still knows them. Open sets stay open.
 */

import type { Context } from "../context.ts";
import { derived } from "../errors.ts";
import {
  expectAttrs,
  expectFunction,
  expectList,
  expectStringWithoutContext,
  findAttr,
  requiredAttr,
} from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attr, attrs, attrsOf, bool, int, list, nullValue, string } from "../make.ts";
import { sortedAttrs } from "../order.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Attr, AttrsValue, BuiltinValue, Unknown, Value } from "../value.ts";
import { eager, lazy } from "./define.ts";

export function attrsetBuiltins(context: Context): BuiltinValue[] {
  return [
    eager("attrNames", (set) => {
      const names = sortedAttrs(expectAttrs(set)).map(([name, attribute]) => nameOf(name, attribute));
      return list(names, undefined, expectAttrs(set).open);
    }),
    eager("attrValues", (set) => {
      const values = sortedAttrs(expectAttrs(set)).map(([, { value }]) => value);
      return list(values, undefined, expectAttrs(set).open);
    }),
    eager("getAttr", (name, set) => {
      const key = expectStringWithoutContext(name).value;
      return requiredAttr(expectAttrs(set), key, "getAttr");
    }),
    eager("hasAttr", (name, set) =>
      bool(findAttr(expectAttrs(set), expectStringWithoutContext(name).value) !== undefined),
    ),
    lazy("removeAttrs", removeAttrs),
    lazy("listToAttrs", listToAttrs),
    eager("intersectAttrs", (left, right) => intersectAttrs(expectAttrs(left), expectAttrs(right))),
    lazy("catAttrs", catAttrs),
    lazy("mapAttrs", mapAttrs),
    lazy("zipAttrsWith", zipAttrsWith),
    eager("unsafeGetAttrPos", (name, set) =>
      attributePosition(context, expectStringWithoutContext(name).value, expectAttrs(set)),
    ),
  ];
}

/** The name of an attribute as a string that remembers where the name was written. */
export function nameOf(name: string, { keys }: Attr): Thunk {
  return Thunk.of(string(name, undefined, keys));
}

function* removeAttrs(set: Thunk, names: Thunk): Eval<Value> {
  const whole = expectAttrs(yield set);
  const listed = expectList(yield names);
  const removed = new Set<string>();
  let unknown: Unknown | undefined = listed.open;
  for (const element of listed.elements) {
    const name = yield element;
    if (name.type === "unknown") unknown ??= derived(name);
    else removed.add(expectStringWithoutContext(name).value);
  }
  // An unknown name could be any of them.
  if (unknown) return attrsOf(new Map(), whole.origins, unknown);
  return selectAttrs(whole, (name) => !removed.has(name));
}

/** The attributes `wanted` accepts, in their old order, with their provenance. */
export function selectAttrs(set: AttrsValue, wanted: (name: string, attribute: Attr) => boolean): AttrsValue {
  const kept = new Map<string, Attr>();
  for (const [name, attribute] of set.attrs) if (wanted(name, attribute)) kept.set(name, attribute);
  return attrsOf(kept, set.origins, set.open);
}

function* listToAttrs(pairs: Thunk): Eval<Value> {
  const whole = expectList(yield pairs);
  const result = new Map<string, Attr>();
  let { open } = whole;
  for (const element of whole.elements) {
    const pair = yield element;
    if (pair.type === "unknown") {
      open ??= derived(pair);
      continue;
    }
    const nameThunk = requiredAttr(expectAttrs(pair), "name", "listToAttrs");
    const name = yield nameThunk;
    if (name.type === "unknown") {
      open ??= derived(name);
      continue;
    }
    const { value: key, origins } = expectStringWithoutContext(name);
    if (result.has(key)) continue;
    const value = requiredAttr(expectAttrs(pair), "value", "listToAttrs");
    result.set(key, attr(value, origins));
  }
  return attrsOf(result, undefined, open);
}

function intersectAttrs(left: AttrsValue, right: AttrsValue): AttrsValue {
  const common = selectAttrs(right, (name) => left.attrs.has(name));
  // A name that only one side is known to have may be in the other.
  const allFound = common.attrs.size === left.attrs.size;
  return { ...common, open: left.open ?? (allFound ? undefined : right.open) };
}

function* catAttrs(name: Thunk, xs: Thunk): Eval<Value> {
  const key = expectStringWithoutContext(yield name).value;
  const whole = expectList(yield xs);
  const found: Thunk[] = [];
  let { open } = whole;
  for (const element of whole.elements) {
    const value = yield element;
    if (value.type === "unknown") {
      open ??= derived(value);
      continue;
    }
    const set = expectAttrs(value);
    const attribute = set.attrs.get(key);
    if (attribute) found.push(attribute.value);
    else open ??= set.open;
  }
  return list(found, undefined, open);
}

function* mapAttrs(fn: Thunk, set: Thunk): Eval<Value> {
  const whole = expectAttrs(yield set);
  const mapped = new Map<string, Attr>();
  for (const [name, attribute] of whole.attrs)
    mapped.set(name, attr(apply(fn, nameOf(name, attribute), attribute.value), attribute.keys));
  return attrsOf(mapped, whole.origins, whole.open);
}

function* zipAttrsWith(fn: Thunk, xs: Thunk): Eval<Value> {
  const whole = expectList(yield xs);
  expectFunction(yield fn);
  const sets: AttrsValue[] = [];
  let { open } = whole;
  for (const element of whole.elements) {
    const value = yield element;
    if (value.type === "unknown") {
      open ??= derived(value);
      continue;
    }
    const set = expectAttrs(value);
    open ??= set.open;
    sets.push(set);
  }
  const columns = new Map<string, Attr[]>();
  for (const set of sets)
    for (const [name, attribute] of set.attrs) {
      const column = columns.get(name);
      if (column === undefined) columns.set(name, [attribute]);
      else column.push(attribute);
    }
  const result = new Map<string, Attr>();
  for (const [name, column] of columns) {
    const keys = column.flatMap((attribute) => attribute.keys);
    const values = list(
      column.map(({ value }) => value),
      undefined,
      open,
    );
    result.set(name, attr(apply(fn, Thunk.of(string(name, undefined, keys)), Thunk.of(values)), keys));
  }
  return attrsOf(result, undefined, open);
}

/** `{ file; line; column; }` of the attribute's name, or null if it was not written anywhere. */
function attributePosition(context: Context, name: string, set: AttrsValue): Value {
  const thunk = findAttr(set, name);
  const key = set.attrs.get(name)?.keys[0];
  if (thunk === undefined || key === undefined) return nullValue();
  const { file, line, column } = context.position(key);
  return attrs({ file: string(file), line: int(line), column: int(column) });
}
