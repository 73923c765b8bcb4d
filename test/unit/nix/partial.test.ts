/** The language on unknown and open values: nothing is claimed, and what is known stays known. */
import { describe, expect, it } from "vitest";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { attrs, int, list, unknown } from "../../../server/src/nix/make.ts";
import { printValue } from "../../../server/src/nix/print.ts";
import { Thunk } from "../../../server/src/nix/thunk.ts";
import type { Value } from "../../../server/src/nix/value.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { createEvaluate } from "../helpers/evaluate.ts";
import { fileHost } from "../helpers/file-host.ts";
import { testParser } from "../helpers/parse.ts";

const u = unknown("u");
const globals = new Map<string, Value>([
  ["u", u],
  ["openSet", attrs({ a: int(1), b: int(2) }, undefined, u)],
  ["openList", list([Thunk.of(int(1)), Thunk.of(int(2))], undefined, u)],
]);
const evaluate = await createEvaluate("/", () => globals);
const parser = await testParser();

const U = "«unknown: u»";

describe("needs the unknown, so it is unknown", () => {
  it.each([
    "u",
    "u + 1",
    "1 + u",
    '"a" + u',
    "- u",
    "u * 2.0",
    "! u",
    "u.a",
    "u.a.b.c",
    "u.${u}",
    "{ a = 1; }.${u}",
    "u ? a",
    "{ a = u; } ? a.b",
    "u 1",
    "u.f 1 2",
    '"x${u}y"',
    '"${openSet.c}"',
    "u == 1",
    "1 != u",
    "u < 1",
    "[ 1 u ] < [ 1 2 ]",
    "u && true",
    "u || false",
    "u -> false",
    "true && u",
    "with u; a",
    "with { b = 1; }; with u; b",
    "openSet.c",
    "openSet ? c",
    "with openSet; c",
    "openList == [ 1 2 3 ]",
    "openSet == { a = 1; b = 2; c = 3; }",
    "{ a = u; } == { a = 1; }",
    "[ u 1 ] == [ 1 1 ]",
    "({ a, b }: a + b) u",
    "({ a, b, c }: c) openSet",
    "import u",
    "builtins.length u",
  ])("%s", (expression) => {
    expect(evaluate(expression)).toBe(U);
  });
});

describe("is known all the same", () => {
  it.each([
    ["u && false", "false"],
    ["false && u", "false"],
    ["u || true", "true"],
    ["true || u", "true"],
    ["u -> true", "true"],
    ["false -> u", "true"],
    ["{ a = u; b = 1; } == { a = 1; b = 2; }", "false"],
    ["[ u 1 ] == [ 1 2 ]", "false"],
    ["[ u ] == [ 1 2 ]", "false"],
    ["openList == [ 1 ]", "false"],
    ["openSet == { a = 1; }", "false"],
    ["openSet == { a = 2; b = 2; }", "false"],
    ["openSet.a", "1"],
    ["openSet ? a", "true"],
    ["with openSet; a", "1"],
    ["with u; true", "true"],
    ["let a = 1; in with u; a", "1"],
    ["(x: 1) u", "1"],
    ["({ a, b ? 1 }: 2) u", "2"],
    ["({ a, ... }@all: a) openSet", "1"],
    ["({ a, b, c ? 3 }: [ a b ]) openSet", "[ 1 2 ]"],
    ["(u // { a = 1; }).a", "1"],
    ["({ x, ... }: x) (u // { x = 1; })", "1"],
    ["if true then 1 else u", "1"],
    ["assert u; 1", "1"],
    ["[ u 1 ]", `[ ${U} 1 ]`],
    ["{ a = u; b = 1; }", `{ a = ${U}; b = 1; }`],
    ["u // { a = 1; }", `{ a = 1; ${U}; }`],
    ["{ a = 1; } // u", `{ a = ${U}; ${U}; }`],
    ["{ a = 1; } // { a = 2; b = u; }", `{ a = 2; b = ${U}; }`],
    ["openSet // { a = 3; }", `{ a = 3; b = 2; ${U}; }`],
    ["{ a = 3; c = 4; } // openSet", `{ a = 1; b = 2; c = ${U}; ${U}; }`],
    ["[ 1 ] ++ u", `[ 1 ${U} ]`],
    ["u ++ [ 1 ]", `[ 1 ${U} ]`],
    ["openList ++ [ 3 ]", `[ 1 2 3 ${U} ]`],
    ["{ ${u} = 1; b = 2; }", `{ b = 2; ${U}; }`],
    ["{ a.${u} = 1; }", `{ a = { ${U}; }; }`],
    ["rec { a = u; b = 1; c = b; }", `{ a = ${U}; b = 1; c = 1; }`],
  ])("%s", (expression, printed) => {
    expect(evaluate(expression)).toBe(printed);
  });
});

describe("fails all the same", () => {
  it.each(["{ } // 1", "[ ] ++ { }", 'u + (throw "x")', 'assert u; throw "x"', "({ a }: a) { b = u; }"])(
    "%s",
    (expression) => {
      const found = evaluate(expression);
      expect(found === U || found.startsWith("error")).toBe(true);
    },
  );

  it("only where the unknown does not decide whether Nix comes to it", () => {
    expect(evaluate('u && throw "x"')).toBe(U);
    expect(evaluate('[ u (throw "x") ] == [ 1 2 ]')).toBe(U);
    expect(evaluate('(throw "x") && u')).toBe("error (throw): x");
  });
});

describe("alternatives", () => {
  /** What the expression could be, printed; failing ones as "failure". */
  function alternatives(expression: string): string[] {
    const evaluator = new Evaluator(fileHost(parser), { globals });
    const value = evaluator.force(evaluator.evalSource(parseNix(parser, "/x.nix", expression)));
    if (value.type !== "unknown") throw new Error(`the expression gives ${value.type}`);
    return (value.alternatives ?? []).map((thunk) =>
      evaluator.forceDeep(thunk).type === "failure" ? "failure" : printValue(thunk),
    );
  }

  it.each([
    ["if u then 1 else 2", ["1", "2"]],
    ["(if u then { a = 1; } else { a = 2; }).a", ["1", "2"]],
    ["(if u then { a = 1; } else { }).a", ["1", "failure"]],
    ["(if u then { a = 1; } else { }).a or 3", ["1", "3"]],
    ["u.a or 3", ["3"]],
    ["openSet.c or 3", ["3"]],
    ["({ x ? 3 }: x) u", ["3"]],
    ["({ a = 1; } // u).a", ["1"]],
    ["({ a = 1; } // (if u then { a = 2; } else { b = 3; })).a", ["1", "2"]],
    ["(if u then 1 else 2) + 1", []],
  ])("%s", (expression, expected) => {
    expect(alternatives(expression)).toEqual(expected);
  });

  it("do not touch what none of them has", () => {
    expect(evaluate("({ a = 1; } // (if u then { b = 2; } else { })).a")).toBe("1");
  });
});

describe("code that cannot be read", () => {
  it.each([
    ["{ a = 1; b = ; }", "a", "1"],
    ["{ a = 1; = }", "a", "1"],
    ["let x = 1; y = ; in { a = x; }", "a", "1"],
    ["{ a = 1; = }", "b", "«unknown: the code is incomplete»"],
  ])("(%s).%s", (code, path, printed) => {
    const evaluator = new Evaluator(fileHost(parser));
    const files = new Map([["broken", evaluator.evalSource(parseNix(parser, "/broken.nix", code))]]);
    const thunk = evaluator.evalSource(parseNix(parser, "/x.nix", `broken.${path}`), files);
    expect(evaluator.forceDeep(thunk).type).not.toBe("failure");
    expect(printValue(thunk)).toBe(printed);
  });
});
