/**
 * Nix's `+ - * /`: 64-bit integers that fail on overflow, floats as soon as one side is a float, and `+` also
 * on strings and paths.
 *
 *   add(9223372036854775807, 1)   ->   "integer overflow in adding 9223372036854775807 + 1"
 */
import type { Node } from "../syntax/ast.ts";
import { coerceToString } from "./coerce.ts";
import { derived, fail } from "./errors.ts";
import { mismatch, showType } from "./expect.ts";
import { float, int, path, string } from "./make.ts";
import { normalizePath } from "./path.ts";
import type { Eval, Step } from "./step.ts";
import type { Value } from "./value.ts";

type Origins = readonly Node[];

const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);

/** `left` and `right` are where the operands are written. */
export function add(a: Value, b: Value, origins?: Origins, left?: Node, right?: Node): Step {
  if (a.type === "int" && b.type === "int")
    return checked(a.value + b.value, "adding", a.value, "+", b.value, origins);
  if (a.type === "string" && b.type === "string" && !a.context && !b.context) {
    return string(a.value + b.value, undefined, origins);
  }
  if (a.type === "unknown") return derived(a);
  if (a.type === "int" || a.type === "float") {
    if (b.type === "unknown") return derived(b);
    if (b.type !== "int" && b.type !== "float")
      return fail("error", `cannot add ${showType(b)} to ${showType(a)}`, right);
    return float(Number(a.value) + Number(b.value), origins);
  }
  return concatenate(a, b, origins, left, right);
}

/** A path plus something is a path; anything else that becomes a string gives a string. */
function* concatenate(
  a: Value,
  b: Value,
  origins: Origins | undefined,
  left: Node | undefined,
  right: Node | undefined,
): Eval<Value> {
  if (a.type === "path") {
    const tail = yield* coerceToString(b, { node: right });
    if (tail.context) {
      return fail("error", "a string that refers to a store path cannot be appended to a path", right);
    }
    return path(normalizePath(a.value + tail.value), origins);
  }
  // A path is copied to the store only when it is added to what was written as a string.
  const head = yield* coerceToString(a, { node: left });
  const tail = yield* coerceToString(b, { copyToStore: a.type === "string", node: right });
  return string(
    head.value + tail.value,
    new Set([...(head.context ?? []), ...(tail.context ?? [])]),
    origins,
  );
}

/** `builtins.add`, which unlike `+` takes numbers only. */
export function addNumbers(a: Value, b: Value): Value {
  if (a.type === "int" && b.type === "int")
    return checked(a.value + b.value, "adding", a.value, "+", b.value, undefined);
  return onFloats(a, b, undefined, (x, y) => x + y);
}

export function subtract(a: Value, b: Value, origins?: Origins): Value {
  if (a.type === "int" && b.type === "int") {
    return checked(a.value - b.value, "subtracting", a.value, "-", b.value, origins);
  }
  return onFloats(a, b, origins, (x, y) => x - y);
}

export function multiply(a: Value, b: Value, origins?: Origins): Value {
  if (a.type === "int" && b.type === "int") {
    return checked(a.value * b.value, "multiplying", a.value, "*", b.value, origins);
  }
  return onFloats(a, b, origins, (x, y) => x * y);
}

export function divide(a: Value, b: Value, origins?: Origins): Value {
  if (b.type !== "int" && b.type !== "float") return mismatch(b, "a float", origins?.[0]);
  if (Number(b.value) === 0) return fail("error", "division by zero", origins?.[0]);
  if (a.type === "int" && b.type === "int") {
    return checked(a.value / b.value, "dividing", a.value, "/", b.value, origins);
  }
  return onFloats(a, b, origins, (x, y) => x / y);
}

/** `-a`, which Nix reads as `0 - a`. */
export function negate(a: Value, origins?: Origins): Value {
  return subtract(int(0n), a, origins);
}

function onFloats(
  a: Value,
  b: Value,
  origins: Origins | undefined,
  operation: (a: number, b: number) => number,
): Value {
  if (a.type === "unknown") return derived(a);
  if (b.type === "unknown") return derived(b);
  return float(operation(numberOf(a, b, origins), numberOf(b, a, origins)), origins);
}

/** With a float on the other side a float is wanted, else an integer. */
function numberOf(value: Value, other: Value, origins: Origins | undefined): number {
  if (value.type === "int" || value.type === "float") return Number(value.value);
  return mismatch(value, other.type === "float" ? "a float" : "an integer", origins?.[0]);
}

function checked(
  result: bigint,
  doing: string,
  a: bigint,
  op: string,
  b: bigint,
  origins: Origins | undefined,
): Value {
  if (result > MAX_INT || result < MIN_INT)
    return fail("error", `integer overflow in ${doing} ${a} ${op} ${b}`, origins?.[0]);
  return int(result, origins);
}
