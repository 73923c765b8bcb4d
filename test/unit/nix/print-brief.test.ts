/** Values in one line, as `builtins.trace` shows them. */
import { expect, it } from "vitest";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { printBrief, printSummary } from "../../../server/src/nix/print-brief.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { fileHost } from "../helpers/file-host.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();

function traced(expression: string): string {
  const said: string[] = [];
  const evaluator = new Evaluator(fileHost(parser), { trace: (message) => said.push(message) });
  const code = `builtins.trace (${expression}) null`;
  evaluator.force(evaluator.evalSource(parseNix(parser, "/dir/expression.nix", code)));
  return said.join("").replace(/^trace: /, "");
}

it.each([
  ["1", "1"],
  ["{ a = 1; b = 1 + 1; }", "{ a = 1; b = «thunk»; }"],
  ["[ (1 + 1) [ 1 [ 2 ] ] (x: x) ]", "[ «thunk» «thunk» «thunk» ]"],
  ["x: x", "«lambda @ /dir/expression.nix:1:17»"],
  ["let f = x: x; in f", "«lambda f @ /dir/expression.nix:1:25»"],
  ["map", "«primop map»"],
  ["map 1", "«partially applied primop map»"],
])("%s", (expression, shown) => {
  expect(traced(expression)).toBe(shown);
});

it("shortens what is large", () => {
  const list = `[ ${Array.from({ length: 12 }, (_, i) => i).join(" ")} ]`;
  expect(traced(list)).toBe("[ 0 1 2 3 4 5 6 7 8 9 «2 items elided» ]");
  expect(traced(`{ ${Array.from({ length: 11 }, (_, i) => `a${i} = 1;`).join(" ")} }`)).toContain(
    "«1 attribute elided»",
  );
  expect(traced(`[ "${"x".repeat(1030)}" ]`)).toContain('x" «6 bytes elided»');
});

it("leaves out what is not evaluated", () => {
  const evaluator = new Evaluator(fileHost(parser));
  const source = parseNix(parser, "/dir/expression.nix", "{ a = 1; b = [ (1 + 1) ]; }");
  const value = evaluator.force(evaluator.evalSource(source));
  if (value.type === "failure") throw new Error(value.message);
  expect(printBrief(value)).toBe("{ a = 1; b = «thunk»; }");
  expect(printSummary(value)).toBe("{ a = 1; b = …; }");
});
