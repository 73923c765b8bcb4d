/** Failures speak as a current Nix does. */
import { expect, it } from "vitest";
import { createEvaluate } from "../helpers/evaluate.ts";

const evaluate = await createEvaluate("/dir");

it.each([
  ["{ }.a", "attribute 'a' missing"],
  ["missing", "undefined variable 'missing'"],
  ["1 2", "attempt to call something which is not a function but an integer: 1"],
  [
    '{ a = 1; b = 1 + 1; } "x"',
    "attempt to call something which is not a function but a set: { a = 1; b = «thunk»; }",
  ],
  ["if 1 then 2 else 3", "expected a Boolean but found an integer: 1"],
  ["[ ] // { }", "expected a set but found a list: [ ]"],
  ["{ } ++ [ ]", "expected a list but found a set: { }"],
  ["(x: x).a", "expected a set but found a function: «lambda @ /dir/expression.nix:1:2»"],
  ["let f = x: x; in f.a", "expected a set but found a function: «lambda f @ /dir/expression.nix:1:9»"],
  ["map.a", "expected a set but found the built-in function 'map': «primop map»"],
  [
    "(map 1).a",
    "expected a set but found the partially applied built-in function 'map': «partially applied primop map»",
  ],
  ['"${1}"', "cannot coerce an integer to a string: 1"],
  ["1 + { }", "cannot add a set to an integer"],
  ['1.5 + "a"', "cannot add a string to a float"],
  ["1 / 0", "division by zero"],
  ["9223372036854775807 + 1", "integer overflow in adding 9223372036854775807 + 1"],
  ["-9223372036854775807 - 2", "integer overflow in subtracting -9223372036854775807 - 2"],
  ["9223372036854775807 * 3", "integer overflow in multiplying 9223372036854775807 * 3"],
  ["(-9223372036854775807 - 1) / -1", "integer overflow in dividing -9223372036854775808 / -1"],
  ['- "a"', 'expected an integer but found a string: "a"'],
  ['1 < "a"', 'cannot compare an integer with a string; values are 1 and "a"'],
  [
    "{ } < { }",
    "cannot compare a set with a set; values of that type are incomparable (values are { } and { })",
  ],
  ["({ a }: a) { }", "function 'anonymous lambda' called without required argument 'a'"],
  ["let f = { a }: a; in f { a = 1; c = 3; b = 2; }", "function 'f' called with unexpected argument 'b'"],
  ["{ f = { a }: a; }.f { }", "function 'f' called without required argument 'a'"],
  ["{ ${1} = 2; }", "expected a string but found an integer: 1"],
  ["{ a = 1; a = 2; }", "attribute 'a' already defined at /dir/expression.nix:1:3"],
  [
    'let n = "a"; in { a = 1; ${n} = 2; }',
    "dynamic attribute 'a' already defined at /dir/expression.nix:1:19",
  ],
  ["assert 1 == 2; 3", "assertion '1 == 2' failed"],
  ["let { x = 1; }", "attribute 'body' missing"],
  [
    "[ (1 + 1) [ 1 [ 2 ] ] ] 1",
    "attempt to call something which is not a function but a list: [ «thunk» «thunk» ]",
  ],
])("%s", (expression, message) => {
  expect(evaluate(expression).replace(/^error \(\w+\): /, "")).toBe(message);
});

it("shortens what is large", () => {
  const list = `[ ${Array.from({ length: 12 }, (_, i) => i).join(" ")} ]`;
  expect(evaluate(`${list}.a`)).toContain("[ 0 1 2 3 4 5 6 7 8 9 «2 items elided» ]");
  expect(evaluate(`{ ${Array.from({ length: 11 }, (_, i) => `a${i} = 1;`).join(" ")} } 1`)).toContain(
    "«1 attribute elided»",
  );
  expect(evaluate(`- "${"x".repeat(1030)}"`)).toContain('x" «6 bytes elided»');
});
