/** Nothing an expression does can overflow the stack, run forever, or leave a thunk half done. */
import { describe, expect, it } from "vitest";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { printValue } from "../../../server/src/nix/print.ts";
import type { Eval } from "../../../server/src/nix/step.ts";
import type { Value } from "../../../server/src/nix/value.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { createEvaluate } from "../helpers/evaluate.ts";
import { fileHost } from "../helpers/file-host.ts";
import { testParser } from "../helpers/parse.ts";

const evaluate = await createEvaluate("/");
const parser = await testParser();
const N = 100_000;

describe(`nested ${N} deep`, () => {
  const nestedList = `(builtins.foldl' (a: i: [ a ]) [ ] (builtins.genList (i: i) ${N}))`;
  const nestedSet = `(builtins.foldl' (a: i: { n = a; }) { } (builtins.genList (i: i) ${N}))`;

  it.each([
    ["calls", `let f = n: if n == 0 then 0 else 1 + f (n - 1); in f ${N}`, String(N)],
    ["tail calls", `let f = n: if n == 0 then "end" else f (n - 1); in f ${N}`, '"end"'],
    [
      "thunks",
      `builtins.foldl' (a: i: { v = a.v + i; }) { v = 0; } (builtins.genList (i: 1) ${N})`,
      `{ v = ${N}; }`,
    ],
    [
      "thunks left by elemAt",
      `let l = builtins.genList (i: if i == 0 then 0 else 1 + builtins.elemAt l (i - 1)) ${N}; in builtins.elemAt l ${N - 1}`,
      String(N - 1),
    ],
    ["lists compared", `${nestedList} == ${nestedList}`, "true"],
    ["sets compared", `${nestedSet} == ${nestedSet}`, "true"],
    ["lists ordered", `${nestedList} < ${nestedList}`, "false"],
    ["lists joined", `builtins.stringLength (toString ${nestedList})`, "0"],
    ["deepSeq", `builtins.deepSeq ${nestedSet} 1`, "1"],
    [
      "functors",
      `let f = n: if n == 0 then (x: x) else { __functor = self: f (n - 1); }; in (f 1000) 7`,
      "7",
    ],
    ["outPath", `"\${builtins.foldl' (a: i: { outPath = a; }) "x" (builtins.genList (i: i) ${N})}"`, '"x"'],
  ])("%s", (_, expression, printed) => {
    expect(evaluate(expression)).toBe(printed);
  });

  it("is printed", () => {
    expect(evaluate(nestedList)).toBe(`${"[ ".repeat(N + 1)}${" ]".repeat(N + 1).slice(1)}`);
  });

  it.each([
    ["+", `0${" + 1".repeat(10_000)}`, "10000"],
    ["++", `builtins.length (${"[ 1 ] ++ ".repeat(3_000)}[ ])`, "3000"],
    ["else if", `${"if false then 1 else ".repeat(3_000)}2`, "2"],
    ["!", `${"! ".repeat(3_000)}true`, "true"],
    ["sets", `builtins.deepSeq ${"{ a = ".repeat(3_000)}1${"; }".repeat(3_000)} 1`, "1"],
    ["attribute paths", `builtins.deepSeq { ${"a.".repeat(3_000)}a = 1; } 1`, "1"],
    ["interpolation", `${'"${'.repeat(1_000)}"x"${'}"'.repeat(1_000)}`, '"x"'],
    ["with", `${"with { }; ".repeat(3_000)}1`, "1"],
    ["functions", `${"x: ".repeat(3_000)}1`, "<LAMBDA>"],
    ["or", `${"{ }.a or (".repeat(3_000)}1${")".repeat(3_000)}`, "1"],
    ["let", `${"let x = 1; in ".repeat(3_000)}x`, "1"],
    ["lists", `builtins.deepSeq ${"[ ".repeat(3_000)}${" ]".repeat(3_000)} 1`, "1"],
  ])("code nested with %s", (_, expression, printed) => {
    expect(evaluate(expression)).toBe(printed);
  });
});

describe("infinite recursion", () => {
  it.each([
    "let x = x; in x",
    "let x = y; y = x; in x",
    "let x = x + 1; in x",
    "rec { a = b; b = a; }.a",
    "let s = s // { }; in s.a",
    "let x = [ (builtins.head x) ]; in x",
    "let f = { a ? a }: a; in f { }",
    "(rec { __overrides = { a = b; }; a = 1; b = a; }).b",
  ])("%s", (expression) => {
    expect(evaluate(expression)).toBe("error (recursion): infinite recursion encountered");
  });

  it("is a failure of this thunk only", () => {
    expect(evaluate("let x = x; in [ 1 ] ++ (if true then [ ] else x)")).toBe("[ 1 ]");
  });
});

describe("without end", () => {
  it.each([
    ["calls", "let f = n: 1 + f (n + 1); in f 0"],
    ["data", "let f = n: { inner = f (n + 1); }; in f 0"],
    ["cyclic lists joined", "let l = [ l ]; in toString l"],
    ["cyclic lists compared", "let a = [ a ]; b = [ b ]; in a == b"],
  ])("%s", (_, expression) => {
    const evaluator = new Evaluator(fileHost(parser), { budget: { steps: 2_000_000, depth: 50_000 } });
    const outcome = evaluator.forceDeep(evaluator.evalSource(parseNix(parser, "/x.nix", expression)));
    expect(outcome).toMatchObject({ type: "failure", kind: "budget" });
  });
});

describe("the budget", () => {
  const loop = "let f = n: if n == 0 then 7 else f (n - 1); in f 100000";

  it("ends an evaluation after so many steps, and a fresh one can go on", () => {
    const evaluator = new Evaluator(fileHost(parser), { budget: { steps: 1_000 } });
    const thunk = evaluator.evalSource(parseNix(parser, "/x.nix", loop));
    expect(evaluator.force(thunk)).toMatchObject({ type: "failure", kind: "budget" });
    evaluator.interpreter.budget.steps = 1_000_000;
    expect(evaluator.force(thunk)).toMatchObject({ type: "int", value: 7n });
  });

  it("ends it when asked to stop", () => {
    let asked = 0;
    const evaluator = new Evaluator(fileHost(parser), { budget: { stop: () => ++asked > 3 } });
    const thunk = evaluator.evalSource(parseNix(parser, "/x.nix", loop));
    expect(evaluator.force(thunk)).toMatchObject({ type: "failure", kind: "budget" });
    expect(asked).toBe(4);
  });

  it("may be a part's own, which takes nothing from others but what it used", () => {
    const evaluator = new Evaluator(fileHost(parser), { budget: { steps: 1_000_000 } });
    const part = evaluator.limited(1_000);
    const thunk = evaluator.evalSource(parseNix(parser, "/x.nix", loop));
    const forced = function* (): Eval<Value> {
      return yield thunk;
    };
    expect(() => part.run(forced())).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/took too long/) }),
    );
    expect(() => part.run(forced())).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/took too long/) }),
    );
    expect(evaluator.interpreter.budget.steps).toBeGreaterThan(998_000);
    expect(evaluator.force(thunk)).toMatchObject({ type: "int", value: 7n });
  });

  it("is spent as a whole when a part is stopped from outside", () => {
    const evaluator = new Evaluator(fileHost(parser), { budget: { stop: () => true } });
    const thunk = evaluator.evalSource(parseNix(parser, "/x.nix", loop));
    const forced = function* (): Eval<Value> {
      return yield thunk;
    };
    expect(() => evaluator.limited(1_000_000).run(forced())).toThrow();
    expect(evaluator.interpreter.budget.steps).toBe(0);
  });

  it("cannot be caught", () => {
    const evaluator = new Evaluator(fileHost(parser), { budget: { steps: 1_000 } });
    const thunk = evaluator.evalSource(parseNix(parser, "/x.nix", `builtins.tryEval (${loop})`));
    expect(evaluator.force(thunk)).toMatchObject({ type: "failure", kind: "budget" });
  });
});

describe("laziness", () => {
  it("evaluates a thunk once", () => {
    let traced = 0;
    const evaluator = new Evaluator(fileHost(parser), { trace: () => traced++ });
    const source = parseNix(parser, "/x.nix", 'let x = builtins.trace "once" 1; in [ x x (x + x) ]');
    const thunk = evaluator.evalSource(source);
    evaluator.forceDeep(thunk);
    expect(printValue(thunk)).toBe("[ 1 1 2 ]");
    expect(traced).toBe(1);
  });

  it("leaves what nobody asks for", () => {
    const evaluator = new Evaluator(fileHost(parser));
    const thunk = evaluator.evalSource(
      parseNix(parser, "/x.nix", '{ a = 1; b = "x"; c = 1 + 1; d = [ ]; e = true; f = map; g = x: x; }'),
    );
    evaluator.force(thunk);
    expect(printValue(thunk)).toBe(
      '{ a = 1; b = "x"; c = <CODE>; d = [ ]; e = true; f = <PRIMOP>; g = <CODE>; }',
    );
  });
});
