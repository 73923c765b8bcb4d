/** Code of a few characters that asks for more memory than there is ends with the bound it met; what is beside it is known. */
import { describe, expect, it, test } from "vitest";
import { BOUNDED, Evaluator } from "../../../server/src/nix/evaluator.ts";
import { nativeLib } from "../../../server/src/project/native-lib.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { fileHost } from "../helpers/file-host.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();

function evaluate(expression: string): string {
  const evaluator = new Evaluator(fileHost(parser), { budget: { ...BOUNDED, steps: 600_000, run: 300_000 } });
  const scope = new Map([["lib", nativeLib(evaluator)]]);
  const value = (text: string) =>
    evaluator.forceDeep(evaluator.evalSource(parseNix(parser, "/x.nix", text), scope));
  const outcome = value(expression);
  expect(value('lib.concatStrings [ "a" "b" ]')).toMatchObject({ type: "string", value: "ab" });
  return outcome.type === "failure" ? `${outcome.kind}: ${outcome.message}` : outcome.type;
}

const doubled = (step: string, start: string) =>
  `let go = n: x: if n == 0 then x else go (n - 1) (${step}); in go 40 ${start}`;
const long = `(lib.genList (i: i) 400000)`;

describe("is longer than what is evaluated", () => {
  it.each([
    ["++", doubled("x ++ x", "[ 1 ]")],
    ["genList", "builtins.genList (i: i) 1000000000"],
    ["lib.replicate", "lib.replicate 1000000000 1"],
    ["lib.range", "lib.range 1 1000000000"],
    ["lib.range of all numbers", "lib.range (-9223372036854775807) 9223372036854775807"],
    ["lib.cartesianProduct", "lib.cartesianProduct { a = lib.range 1 9999; b = lib.range 1 9999; }"],
    ["lib.crossLists", "lib.crossLists (a: b: a) [ (lib.range 1 9999) (lib.range 1 9999) ]"],
    ["lib.stringToCharacters", 'lib.stringToCharacters (lib.strings.replicate 900000 "a")'],
    ["split", 'builtins.split "a" (lib.strings.replicate 900000 "a")'],
    ["lib.splitString", 'lib.splitString "a" (lib.strings.replicate 900000 "a")'],
  ])("a list: %s", (_, expression) => {
    expect(evaluate(expression)).toMatch(
      /^budget: a list of (more than )?\d+ elements is longer than the 500000/,
    );
  });

  it.each([
    ["+", doubled("x + x", '"ab"')],
    ["interpolation", doubled('"${x}${x}"', '"ab"')],
    ["concatStringsSep", doubled('builtins.concatStringsSep "-" [ x x ]', '"ab"')],
    ["lib.concatStrings", doubled("lib.concatStrings [ x x ]", '"ab"')],
    ["toString", doubled("toString [ x x ]", '"ab"')],
    ["toJSON", doubled("builtins.toJSON [ x x ]", '"ab"')],
    ["toXML", doubled("{ a = x; b = x; }", "{ }").replace("let", "builtins.toXML (let") + ")"],
    ["a path", `/a + ("/" + ${doubled("x + x", '"ab"')})`],
    ["lib.strings.replicate", 'lib.strings.replicate 2000000000 "a"'],
    ["lib.fixedWidthString", 'lib.fixedWidthString 2000000000 "0" "1"'],
    ["a throw", 'throw (lib.strings.replicate 2000000000 "a")'],
  ])("a text: %s", (_, expression) => {
    expect(evaluate(expression)).toMatch(/^budget: a text of \d+ characters is longer than the 5000000/);
  });

  it.each(["fromJSON", "fromTOML"])("data: %s", (builtin) => {
    expect(evaluate(`builtins.${builtin} (lib.strings.replicate 3000000 "a")`)).toBe(
      "budget: a text of 3000000 characters is longer than the 1000000 that are read as data",
    );
  });
});

describe("takes more than an evaluation may, or a list or text", () => {
  it.each([
    ["concatMap", `builtins.concatMap (i: ${long}) ${long}`],
    ["lib.flatten", `lib.flatten (${doubled("[ x x ]", "1")})`],
    ["replaceStrings", doubled('builtins.replaceStrings [ "a" ] [ "aa" ] x', '"a"')],
    ["concatLists", doubled("builtins.concatLists [ x x ]", "[ 1 ]")],
    ["lists that are kept", "map (i: lib.range i (i + 9999)) (lib.range 1 9999)"],
    ["texts that are kept", 'map (i: lib.strings.replicate 100000 "ab") (lib.range 1 9999)'],
    [
      "sets that are kept",
      "map (i: lib.genAttrs (map toString (lib.range 1 9999)) (n: i)) (lib.range 1 9999)",
    ],
    ["an argument that grows", "let f = n: f (n + 1); in f 0"],
    ["a text that grows", 'let f = s: f (s + "a"); in f ""'],
    ["closures", "let f = xs: f [ xs ]; in f [ ]"],
    [
      "genericClosure",
      "builtins.genericClosure { startSet = [ { key = 0; } ]; operator = e: [ { key = e.key + 1; } ]; }",
    ],
  ])("%s", (_, expression) => {
    expect(evaluate(expression)).toMatch(
      /^budget: (the evaluation (took too long|became too large) and was stopped$|a (list|text) of \d+)/,
    );
  });
});

test("options of a type that holds itself are not followed for ever", () => {
  const type =
    "type = n: lib.types.submodule { options.a = lib.mkOption { type = type (n + 1); default = { }; }; }";
  const modules = "[ { options.x = lib.mkOption { type = type 0; default = { }; }; } ]";
  expect(
    evaluate(`let ${type}; in builtins.toJSON (lib.evalModules { modules = ${modules}; }).config.x`),
  ).toBe("budget: options are nested deeper than the 500 levels that are evaluated");
});
