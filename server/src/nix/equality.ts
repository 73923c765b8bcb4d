/**
 * Nix's `==`. A known difference decides even where other parts are unknown; without one, an unknown part
 * leaves the answer open (Undecided). Functions differ from everything but the very same thunk.
 *
 *   { a = 1; b = unknown; } == { a = 2; b = 3; }   ->   false
 */
import { NixError, Undecided } from "./errors.ts";
import { findAttr } from "./expect.ts";
import type { Eval } from "./step.ts";
import { Thunk } from "./thunk.ts";
import type { AttrsValue, ListValue, Unknown, Value } from "./value.ts";

type Pair = readonly [a: Thunk, b: Thunk];

/** Whether `a == b`. Throws Undecided, or the failure of a part. */
export function* equalValues(a: Value, b: Value): Eval<boolean> {
  const scalar = equalScalars(a, b);
  if (scalar !== undefined) return scalar;
  return yield* compareAll([[Thunk.of(a), Thunk.of(b)]]);
}

/** As equalValues; one thunk equals itself, whatever it is. */
export function* equalThunks(a: Thunk, b: Thunk): Eval<boolean> {
  return yield* compareAll([[a, b]]);
}

/** The answer for values without parts, undefined for two lists, two sets, and unknowns. */
export function equalScalars(a: Value, b: Value): boolean | undefined {
  if (a.type === "unknown" || b.type === "unknown") return undefined;
  if (a.type !== b.type) {
    const numbers = (a.type === "int" && b.type === "float") || (a.type === "float" && b.type === "int");
    return numbers && Number(a.value) === Number(b.value);
  }
  switch (a.type) {
    case "null":
      return true;
    case "bool":
    case "int":
    case "float":
    case "string":
    case "path":
      return a.value === (b as typeof a).value;
    case "lambda":
    case "builtin":
      return false;
    default:
      return undefined;
  }
}

/** `todo` is a stack of pairs still to compare; the next one is last. */
function* compareAll(todo: Pair[]): Eval<boolean> {
  let open: Unknown | undefined;
  try {
    for (let pair = todo.pop(); pair !== undefined; pair = todo.pop()) {
      const [left, right] = pair;
      if (left === right) continue;
      const a = yield left;
      const b = yield right;
      if (a.type === "unknown") open ??= a;
      else if (b.type === "unknown") open ??= b;
      else if (a.type === "list" && b.type === "list") {
        if (surelyLonger(a, b) || surelyLonger(b, a)) return false;
        open ??= a.open ?? b.open;
        if (!a.open && !b.open)
          pushAll(
            todo,
            a.elements.map((element, i) => [element, b.elements[i] as Thunk]),
          );
      } else if (a.type === "attrs" && b.type === "attrs") {
        if ((yield* isDerivation(a)) && (yield* isDerivation(b))) {
          const [pathA, pathB] = [findAttr(a, "outPath"), findAttr(b, "outPath")];
          if (pathA && pathB) {
            todo.push([pathA, pathB]);
            continue;
          }
        }
        if (surelyLacks(a, b) || surelyLacks(b, a)) return false;
        open ??= a.open ?? b.open;
        pushAll(todo, commonAttrs(a, b));
      } else if (!equalScalars(a, b)) return false;
    }
  } catch (error) {
    // Had the unknown part differed, Nix would not have come to the part that fails.
    if (error instanceof NixError && error.failure.kind !== "budget" && open) throw new Undecided(open);
    throw error;
  }
  if (open) throw new Undecided(open);
  return true;
}

function pushAll(todo: Pair[], pairs: readonly Pair[]): void {
  for (let i = pairs.length - 1; i >= 0; i--) todo.push(pairs[i] as Pair);
}

function surelyLonger(a: ListValue, b: ListValue): boolean {
  return !b.open && a.elements.length > b.elements.length;
}

/** Whether `a` has a name that `b` cannot have. */
function surelyLacks(a: AttrsValue, b: AttrsValue): boolean {
  if (b.open) return false;
  if (a.attrs.size > b.attrs.size) return true;
  for (const name of a.attrs.keys()) if (!b.attrs.has(name)) return true;
  return false;
}

function commonAttrs(a: AttrsValue, b: AttrsValue): Pair[] {
  const pairs: Pair[] = [];
  for (const name of [...a.attrs.keys()].sort()) {
    const [left, right] = [a.attrs.get(name), b.attrs.get(name)];
    if (left && right) pairs.push([left.value, right.value]);
  }
  return pairs;
}

function* isDerivation(set: AttrsValue): Eval<boolean> {
  const type = set.attrs.get("type")?.value;
  if (type === undefined) return false;
  const value = yield type;
  return value.type === "string" && value.value === "derivation";
}
