/** Types and values in the words of people: each kind of type, and each kind of value, at least once. */
import { expect, test } from "vitest";
import type { OptionType } from "../../../server/src/modules/option-type.ts";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { attrs, bool, list, path, string } from "../../../server/src/nix/make.ts";
import type { Outcome } from "../../../server/src/nix/value.ts";
import { isFlake, sayType, sayValue, shorten } from "../../../server/src/rules/words/type-words.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { fileHost } from "../helpers/file-host.ts";
import { testParser } from "../helpers/parse.ts";

const str: OptionType = { kind: "str" };
const int: OptionType = { kind: "int" };
const submodule: OptionType = { kind: "submodule", options: { options: new Map() } };
const listOf = (of: OptionType): OptionType => ({ kind: "listOf", of });
const attrsOf = (of: OptionType): OptionType => ({ kind: "attrsOf", of });

test.each<[OptionType, string]>([
  [{ kind: "bool" }, "`true` or `false`"],
  [int, "a whole number"],
  [{ kind: "int", min: 1, max: 9 }, "a whole number from 1 to 9"],
  [{ kind: "int", min: 1 }, "a whole number, at least 1"],
  [{ kind: "int", max: 9 }, "a whole number, at most 9"],
  [{ kind: "float" }, "a number with a decimal point, such as `1.0`"],
  [str, "a string"],
  [{ kind: "str", nonEmpty: true }, "a string that is not empty"],
  [{ kind: "str", singleLine: true }, "a string on one line"],
  [{ kind: "str", pattern: "^[0-7]{4}$" }, 'four octal digits in quotes, such as `"0400"`'],
  [{ kind: "str", pattern: "[a-z]+" }, "a string of small letters"],
  [{ kind: "str", pattern: "[a-zA-Z0-9_-]*" }, "a string of letters, digits, `_` and `-`"],
  [{ kind: "str", pattern: "^[a-zA-Z0-9._-]+$" }, "a string of letters, digits, `.`, `_` and `-`"],
  [
    { kind: "str", pattern: "(age-plugin-.*|[^#]+#.+)" },
    'the name of a plugin, such as `"age-plugin-yubikey"`, or a package of a flake, such as `"nixpkgs#hello"`',
  ],
  [
    { kind: "str", pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$" },
    'the name of a domain in small letters, such as `"home.lan"`',
  ],
  [{ kind: "str", pattern: "x+" }, "a string of another form (`x+`)"],
  [{ kind: "enum", values: ["a", 1] }, 'one of "a", 1'],
  [{ kind: "enum", values: [] }, "nothing"],
  [{ kind: "path" }, 'an absolute path, such as `./file` or `"/srv/data"`'],
  [{ kind: "package" }, "a package, such as `pkgs.hello`"],
  [{ kind: "nullOr", of: int }, "`null` or a whole number"],
  [{ kind: "unique", of: int }, "a whole number"],
  [{ kind: "listOf", of: str, nonEmpty: true }, "a list of strings that is not empty"],
  [listOf(str), "a list of strings"],
  [listOf({ kind: "str", pattern: "[a-z]+" }), "a list of strings, each a string of small letters"],
  [listOf(int), "a list of whole numbers"],
  [listOf({ kind: "bool" }), "a list of `true` and `false`"],
  [listOf({ kind: "package" }), "a list of packages"],
  [listOf({ kind: "path" }), "a list of paths"],
  [listOf({ kind: "deferredModule" }), "a list of modules"],
  [listOf(submodule), "a list of sets"],
  [listOf({ kind: "enum", values: ["a"] }), 'a list of values, each one of "a"'],
  [listOf({ kind: "raw" }), "a list of values"],
  [listOf({ kind: "anything" }), "a list of values"],
  [listOf({ kind: "undeclared" }), "a list of values"],
  [listOf(listOf(int)), "a list of values, each a list of whole numbers"],
  [attrsOf(submodule), "a set with a name for each, such as `{ name = { }; }`"],
  [attrsOf(str), 'a set of strings, such as `{ name = "…"; }`'],
  [attrsOf(int), "a set of whole numbers, such as `{ name = 1; }`"],
  [attrsOf({ kind: "bool" }), "a set of `true` and `false`, such as `{ name = true; }`"],
  [attrsOf(listOf(str)), "a set of values, each a list of strings, such as `{ name = [ ]; }`"],
  [attrsOf({ kind: "path" }), "a set of paths, such as `{ name = …; }`"],
  [submodule, "a set, `{ … }`"],
  [{ kind: "either", of: [str, int, str] }, "a string, or a whole number"],
  [{ kind: "coercedTo", from: str, to: listOf(str), coerce: undefined }, "a list of strings, or a string"],
  [{ kind: "deferredModule" }, "a module: a set, a function that makes one, or the path of its file"],
  [{ kind: "settings" }, "a set of settings: plain data"],
  [{ kind: "functionTo", of: int }, "a function whose result is a whole number"],
  [{ kind: "raw" }, "anything"],
  [{ kind: "anything" }, "anything"],
  [{ kind: "undeclared" }, "anything"],
  [{ kind: "opaque", description: "a colour" }, "a colour"],
])("%j", (type, words) => {
  expect(sayType(type)).toBe(words);
});

const parser = await testParser();
const evaluator = new Evaluator(fileHost(parser));

function evaluated(code: string): Outcome {
  return evaluator.force(evaluator.evalSource(parseNix(parser, "/x.nix", code)));
}

test.each([
  ["role: [ role ]", "a function that lacks its argument `role`"],
  ["{ a, b ? 1, c }: a", "a function that lacks its argument, a set with `a`, `c`"],
  ["{ b ? 1 }: b", "a function that lacks its argument, a set"],
  ["{ ... }@all: all", "a function that lacks its argument, a set"],
  ["builtins.add", "the function `add`, which lacks 2 arguments"],
  ["builtins.add 1", "the function `add`, which lacks an argument"],
  ['throw "x"', "something that fails"],
  ["1 + 1", "2"],
  ['{ _type = "flake"; outPath = /x; }', "a flake"],
  ['{ type = "derivation"; name = "x"; }', "a package"],
  ['{ type = "other"; }', '{ type = "other"; }'],
  ["{ type = 1; _type = 2; }", "{ _type = 2; type = 1; }"],
])("%s", (code, words) => {
  expect(sayValue(evaluated(code))).toBe(words);
});

test("a long set is said by three of its names, without those of Nix", () => {
  const names = ["first", "second", "third", "fourth", "fifth"];
  const text = names.map((name) => `${name} = "${"x".repeat(30)}";`).join(" ");
  expect(sayValue(evaluated(`{ _private = 1; ${text} }`))).toMatch(
    /^a set with `(\w+)`, `(\w+)`, `(\w+)` and more$/,
  );
  expect(sayValue(evaluated(`{ _private = 1; ${text} }`))).not.toContain("_private");
});

test("a text of sixty letters is said whole, a longer one is cut", () => {
  expect(shorten("x".repeat(60))).toBe("x".repeat(60));
  expect(shorten("x".repeat(61))).toBe(`${"x".repeat(57)}…`);
});

test("only what says so is a flake", () => {
  expect(isFlake(attrs({ _type: string("flake") }))).toBe(true);
  for (const other of [
    attrs({ _type: string("option") }),
    attrs({ _type: bool(true) }),
    attrs({}),
    list([]),
    path("/x"),
  ])
    expect(isFlake(other)).toBe(false);
});
