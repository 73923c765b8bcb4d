/**
 * The order Nix has on strings and values. Strings, and attribute names wherever a set is listed, are
 * ordered by their UTF-8 bytes, which is the order of code points and not that of UTF-16 code units.
 *
 *   lessThan([1 2], [1 3])   ->   true
 */
import type { Node } from "../syntax/ast.ts";
import { equalThunks } from "./equality.ts";
import { fail, Undecided } from "./errors.ts";
import { showType } from "./expect.ts";
import type { Eval } from "./step.ts";
import type { Thunk } from "./thunk.ts";
import type { Attr, AttrsValue, Value } from "./value.ts";

/** Negative, zero or positive, by code points. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others of the basic plane. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** The known attributes in Nix's order. */
export function sortedAttrs(set: AttrsValue): readonly (readonly [name: string, attr: Attr])[] {
  return [...set.attrs].sort(([a], [b]) => compareText(a, b));
}

/** Whether `a < b`, asked at `node`. Throws Undecided, or NixError for values that have no order. */
export function* lessThan(a: Value, b: Value, node?: Node): Eval<boolean> {
  for (;;) {
    if (a.type === "unknown") throw new Undecided(a);
    if (b.type === "unknown") throw new Undecided(b);
    if ((a.type === "int" && b.type === "int") || (a.type === "float" && b.type === "float")) {
      return a.value < b.value;
    }
    if ((a.type === "int" || a.type === "float") && (b.type === "int" || b.type === "float")) {
      return Number(a.value) < Number(b.value);
    }
    if ((a.type === "string" && b.type === "string") || (a.type === "path" && b.type === "path")) {
      return compareText(a.value, b.value) < 0;
    }
    if (a.type !== "list" || b.type !== "list") return incomparable(a, b, node);
    if (a.open) throw new Undecided(a.open);
    if (b.open) throw new Undecided(b.open);
    let i = 0;
    for (; ; i++) {
      if (i === b.elements.length) return false;
      if (i === a.elements.length) return true;
      if (!(yield* equalThunks(a.elements[i] as Thunk, b.elements[i] as Thunk))) break;
    }
    const next: Value = yield a.elements[i] as Thunk;
    b = yield b.elements[i] as Thunk;
    a = next;
  }
}

function incomparable(a: Value, b: Value, node: Node | undefined): never {
  return fail("error", `cannot compare ${showType(a)} with ${showType(b)}`, node);
}
