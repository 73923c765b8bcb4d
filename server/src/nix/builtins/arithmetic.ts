/**
 * Numbers: `add`, `bitAnd`, `ceil`, `lessThan`, …
 *
 *   builtins.div 7 2  ->  3        builtins.bitXor 6 3  ->  5
 */
import { addNumbers, divide, multiply, subtract } from "../arithmetic.ts";
import { fail } from "../errors.ts";
import { expectInt, expectNumber } from "../expect.ts";
import { bool, int } from "../make.ts";
import { lessThan } from "../order.ts";
import type { Eval } from "../step.ts";
import type { BuiltinValue, Value } from "../value.ts";
import { eager } from "./define.ts";

export function arithmeticBuiltins(): BuiltinValue[] {
  return [
    eager("add", (a, b) => addNumbers(a, b)),
    eager("sub", (a, b) => subtract(a, b)),
    eager("mul", (a, b) => multiply(a, b)),
    eager("div", (a, b) => divide(a, b)),
    eager("bitAnd", (a, b) => int(expectInt(a).value & expectInt(b).value)),
    eager("bitOr", (a, b) => int(expectInt(a).value | expectInt(b).value)),
    eager("bitXor", (a, b) => int(expectInt(a).value ^ expectInt(b).value)),
    eager("ceil", (number) => round(number, Math.ceil)),
    eager("floor", (number) => round(number, Math.floor)),
    eager("lessThan", (a, b) => comparison(a, b)),
  ];
}

function* comparison(a: Value, b: Value): Eval<Value> {
  return bool(yield* lessThan(a, b));
}

/** Nix rounds integers by way of floats, and refuses those that would change by it. */
function round(argument: Value, operation: (number: number) => number): Value {
  const number = expectNumber(argument);
  const rounded = operation(Number(number.value));
  if (!Number.isFinite(rounded) || BigInt.asIntN(64, BigInt(rounded)) !== BigInt(rounded))
    return fail("error", `${number.value} is not in the range of Nix's integers when rounded`);
  if (number.type === "int" && number.value !== BigInt(rounded))
    return fail("error", `${number.value} cannot be rounded without loss of precision`);
  return int(BigInt(rounded));
}
