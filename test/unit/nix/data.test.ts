import { describe, expect, it } from "vitest";
import { CodeCache, Evaluator } from "../../../server/src/nix/evaluator.ts";
import { printValue } from "../../../server/src/nix/print.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { fileHost } from "../helpers/file-host.ts";
import { testParser } from "../helpers/parse.ts";

/** The value of attribute `x` of the same file in two evaluations, and the steps each of them took for all of it. */
async function evaluateTwice(text: string) {
  const parser = await testParser();
  const source = parseNix(parser, "/data.nix", text);
  const codes = new CodeCache();
  const evaluate = () => {
    const steps = 1_000_000;
    const evaluator = new Evaluator(fileHost(parser), { codes, budget: { steps } });
    const file = evaluator.evalSource(source);
    evaluator.forceDeep(file);
    const { value } = file;
    if (value?.type !== "attrs") throw new Error("the file is no set");
    const x = value.attrs.get("x")?.value.value;
    return { x, text: printValue(file), steps: steps - evaluator.interpreter.budget.steps };
  };
  return [evaluate(), evaluate()] as const;
}

describe("what is written out belongs to the file, and is evaluated once for all evaluations of it", () => {
  it.each([
    ["{ x = { a = 1; b = [ true null ./f 1.5 ]; }; }", false],
    ["{ x = { a = 1; b = [ true null 1.5 ]; c.d = ''e''; c.f = { }; }; }", true],
    ["{ x = [ [ ] [ { } ] ]; }", true],
    ["{ x.a = 1; x.b.c = 2; x = { d = 3; }; }", true],
    ["{ x = { a = 1 + 1; }; }", false],
    ['{ x = { "${toString 1}" = 1; }; }', false],
    ["{ x = { a = y: y; }; }", false],
    ["{ x = rec { a = 1; }; }", false],
    ["let y = 1; in { x = { inherit y; }; }", false],
    ["let true = 1; in { x = { a = true; }; }", false],
    ["let f = n: { y = { a = n; }; z = { a = 1; }; }; in { x = (f 1).y; }", false],
    ["let f = n: { y = { a = n; }; z = { a = 1; }; }; in { x = (f 1).z; }", true],
  ])("%s: %s", async (text, shared) => {
    const [first, second] = await evaluateTwice(text);
    expect(second.text).toBe(first.text);
    expect(second.x === first.x).toBe(shared);
  });

  it("takes no second look at it", async () => {
    const machines = Array.from({ length: 100 }, (_, i) => `m${i} = { tags = [ "a" ]; deploy.host = "h"; };`);
    const [first, second] = await evaluateTwice(`{ x = { ${machines.join(" ")} }; y = 1 + 1; }`);
    expect(first.steps).toBeGreaterThan(300);
    expect(second.steps).toBeLessThan(first.steps);
    // A deep look still visits each part, but computes none.
    expect(second.x).toBe(first.x);
  });
});
