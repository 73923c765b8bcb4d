/** Values and attributes know where they were written, through every way code can pass them on. */
import { describe, expect, it } from "vitest";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import type { EvalHost } from "../../../server/src/nix/host.ts";
import type { AttrsValue, Outcome } from "../../../server/src/nix/value.ts";
import type { Node } from "../../../server/src/syntax/ast.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();

/** The value of /main.nix; other files are there to be imported. */
function evaluate(expression: string, files: Record<string, string> = {}): [Evaluator, Outcome] {
  const all: Record<string, string> = { "/main.nix": expression, ...files };
  const host: EvalHost = {
    readFile: (path) => all[path],
    readDir: () => undefined,
    fileType: (path) => (path in all ? "regular" : undefined),
    mayRead: () => true,
    source: (path) => {
      const text = all[path];
      return text === undefined ? undefined : parseNix(parser, path, text);
    },
  };
  const evaluator = new Evaluator(host);
  return [evaluator, evaluator.force(evaluator.evalFile("/main.nix"))];
}

function written(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).map(({ source, start, end }) => source.text.slice(start, end));
}

function origins(expression: string, files?: Record<string, string>): string[] {
  const [, value] = evaluate(expression, files);
  return written(value.origins);
}

/** Of the attribute `web`: its name's places, and its value's. */
function web(expression: string): { keys: string[]; origins: string[] } {
  const [evaluator, value] = evaluate(expression);
  const attribute = (value as AttrsValue).attrs.get("web");
  if (attribute === undefined) throw new Error("there is no attribute web");
  return { keys: written(attribute.keys), origins: written(evaluator.force(attribute.value).origins) };
}

describe("the origins of a value", () => {
  it.each([
    ["itself", '"here"', ['"here"']],
    ["let", 'let x = "here"; in x', ['"here"']],
    ["a chain of names", 'let x = "here"; y = x; z = y; in z', ['"here"']],
    ["rec", '(rec { x = "here"; y = x; }).y', ['"here"']],
    ["inherit", 'let x = "here"; in { inherit x; }.x', ['"here"']],
    ["inherit from", 'let s = { x = "here"; }; in { inherit (s) x; }.x', ['"here"']],
    ["with", 'with { x = "here"; }; x', ['"here"']],
    ["an argument", '(x: x) "here"', ['"here"']],
    ["a formal", '({ x }: x) { x = "here"; }', ['"here"']],
    ["a default", '({ x ? "here" }: x) { }', ['"here"']],
    ["the whole argument", '(all@{ ... }: all.x) { x = "here"; }', ['"here"']],
    ["a functor", '{ __functor = self: x: x; } "here"', ['"here"']],
    ["if", 'if true then "here" else "there"', ['"here"']],
    ["or", '{ }.x or "here"', ['"here"']],
    ["assert", 'assert true; "here"', ['"here"']],
    ["a pipe", '"here" |> (x: x)', ['"here"']],
    ["an operator makes a value of its own", '"he" + "re"', ['"he" + "re"']],
    ["interpolation, too", '"he${"re"}"', ['"he${"re"}"']],
    ["// knows both sides", "{ a = 1; } // { b = 2; }", ["{ a = 1; }", "{ b = 2; }"]],
    ["// with nothing", "{ a = 1; } // { }", ["{ a = 1; }", "{ }"]],
    ["++ knows both sides", "[ 1 ] ++ [ 2 ]", ["[ 1 ]", "[ 2 ]"]],
    ["an attribute path", "{ a.b = 1; a.c = 2; }.a", ["a.b = 1;", "a.c = 2;"]],
    ["a path and a literal", "{ a.b = 1; a = { c = 2; }; }.a", ["a.b = 1;", "{ c = 2; }"]],
    ["a function", "x: x", ["x: x"]],
    ["a path", "./x", ["./x"]],
  ])("%s", (_, expression, expected) => {
    expect(origins(expression)).toEqual(expected);
  });

  it("import", () => {
    expect(origins("import ./other.nix", { "/other.nix": '"here"' })).toEqual(['"here"']);
    expect(origins("(import ./f.nix) { x = 1; }", { "/f.nix": "{ x }: x" })).toEqual(["1"]);
    expect(origins("import ./f.nix 1", { "/f.nix": "x: { y = x; }" })).toEqual(["{ y = x; }"]);
  });

  it("grow no further than a fold needs", () => {
    const [, value] = evaluate(
      "builtins.foldl' (acc: i: acc // { ${toString i} = i; }) { } (builtins.genList (i: i) 500)",
    );
    expect(written(value.origins)).toEqual(["{ }", "{ ${toString i} = i; }"]);
  });
});

describe("the keys of an attribute", () => {
  it.each([
    ["a binding", "{ web = 1; }", ["web"], ["1"]],
    ["a quoted name", '{ "web" = 1; }', ['"web"'], ["1"]],
    ["a computed name", '{ ${"we" + "b"} = 1; }', ['${"we" + "b"}'], ["1"]],
    ["inherit", "let web = 1; in { inherit web; }", ["web"], ["1"]],
    ["inherit from", "{ inherit ({ web = 1; }) web; }", ["web"], ["1"]],
    [
      "each segment of merged paths",
      "{ web.a = 1; web.b = 2; }",
      ["web", "web"],
      ["web.a = 1;", "web.b = 2;"],
    ],
    ["a path and a literal", '{ web.a = 1; "web" = { }; }', ["web", '"web"'], ["web.a = 1;", "{ }"]],
    ["// keeps the left one's", "{ web = 1; } // { db = 2; }", ["web"], ["1"]],
    [
      "// takes the right one's value, and both keys",
      '{ web = 1; } // { "web" = 2; }',
      ["web", '"web"'],
      ["2"],
    ],
    ["rec", "rec { web = x; x = 1; }", ["web"], ["1"]],
    ["__overrides", 'rec { web = 1; __overrides = { "web" = 2; }; }', ['"web"'], ["2"]],
    ["a function's result", "(x: { web = x; }) 1", ["web"], ["1"]],
  ])("%s", (_, expression, keys, values) => {
    expect(web(expression)).toEqual({ keys, origins: values });
  });
});

describe("the place of a failure", () => {
  it.each([
    ["{ }.x", "{ }.x"],
    ['{ a = throw "no"; }.a', 'throw "no"'],
    ["1 + { }", "{ }"],
    ["undefinedName", "undefinedName"],
    ["assert 1 == 2; 3", "assert 1 == 2; 3"],
    ["({ a }: a) { }", "({ a }: a) { }"],
    ["let f = x: builtins.head x; in f [ ]", "builtins.head x"],
    ["1 2", "1 2"],
    ["let x = x; in x", "x"],
  ])("%s", (expression, place) => {
    const [, outcome] = evaluate(expression);
    expect(outcome.type).toBe("failure");
    expect(written(outcome.origins)).toEqual([place]);
  });
});

describe("the way to a failure", () => {
  it("is told from the inside out", () => {
    const [, outcome] = evaluate("let f = x: { y = x.z; }; a = (f { }).y; in a + 1");
    if (outcome.type !== "failure") throw new Error("there is no failure");
    expect(written(outcome.origins)).toEqual(["x.z"]);
    expect(written(outcome.trace?.flatMap(({ node }) => node ?? []))).toEqual([
      "(f { }).y",
      "let f = x: { y = x.z; }; a = (f { }).y; in a + 1",
    ]);
  });

  it("stays short", () => {
    const [, outcome] = evaluate(
      'let f = n: { v = if n == 0 then throw "x" else (g (n - 1)).v; }; g = n: { v = (f n).v; }; in (f 5000).v',
    );
    expect(outcome).toMatchObject({ type: "failure", kind: "throw", message: "x" });
    expect(outcome.type === "failure" && outcome.trace?.length).toBe(20);
  });
});
