/** Type checks, descriptions and conflicts, on options that are declared as data. */
import { describe, expect, test } from "vitest";
import { checkDefinition } from "../../../server/src/modules/check.ts";
import { findConflict } from "../../../server/src/modules/conflicts.ts";
import { describeType, showOption } from "../../../server/src/modules/describe.ts";
import type { OptionType } from "../../../server/src/modules/option-type.ts";
import {
  attrs,
  bool,
  float,
  int,
  list,
  nullValue,
  path,
  string,
  unknown,
} from "../../../server/src/nix/make.ts";
import { printBrief } from "../../../server/src/nix/print-brief.ts";
import type { Value } from "../../../server/src/nix/value.ts";
import { evaluateFixture, textsAt } from "../helpers/modules.ts";

const str: OptionType = { kind: "str" };
const anInt: OptionType = { kind: "int" };

describe("checkDefinition", () => {
  const cases: readonly [OptionType, Value, boolean][] = [
    [{ kind: "bool" }, bool(true), true],
    [{ kind: "bool" }, string("true"), false],
    [anInt, int(5), true],
    [anInt, float(5), false],
    [{ kind: "int", min: 0, max: 65535 }, int(65535), true],
    [{ kind: "int", min: 0, max: 65535 }, int(65536), false],
    [{ kind: "float" }, float(0.5), true],
    [str, path("/x"), false],
    [{ kind: "str", pattern: "[a-z]*" }, string("abc"), true],
    [{ kind: "str", pattern: "[a-z]*" }, string("abc1"), false],
    [{ kind: "str", pattern: "(" }, string("a pattern that is none proves nothing"), true],
    [{ kind: "str", nonEmpty: true }, string(" \n"), false],
    [{ kind: "enum", values: ["a", 1, null] }, string("a"), true],
    [{ kind: "enum", values: ["a", 1, null] }, int(1), true],
    [{ kind: "enum", values: ["a", 1, null] }, nullValue(), true],
    [{ kind: "enum", values: ["a", 1, null] }, string("b"), false],
    [{ kind: "path" }, path("/x"), true],
    [{ kind: "path" }, string("/x"), true],
    [{ kind: "path" }, string("x"), false],
    [{ kind: "path" }, attrs({ outPath: string("/x") }), true],
    [{ kind: "path" }, attrs({}), false],
    [{ kind: "package" }, attrs({ outPath: unknown("not built") }), true],
    [{ kind: "package" }, int(1), false],
    [{ kind: "nullOr", of: str }, nullValue(), true],
    [{ kind: "nullOr", of: str }, int(1), false],
    [{ kind: "listOf", of: str }, list([]), true],
    [{ kind: "listOf", of: str }, attrs({}), false],
    [{ kind: "listOf", of: str, nonEmpty: true }, list([]), false],
    [{ kind: "attrsOf", of: str }, attrs({}), true],
    [{ kind: "attrsOf", of: str }, list([]), false],
    [{ kind: "submodule", options: { options: new Map() } }, path("/module.nix"), true],
    [{ kind: "submodule", options: { options: new Map() } }, list([]), false],
    [{ kind: "submodule", group: true, options: { options: new Map() } }, path("/module.nix"), false],
    [{ kind: "either", of: [str, anInt] }, int(1), true],
    [{ kind: "either", of: [str, anInt] }, bool(true), false],
    [
      { kind: "coercedTo", from: { kind: "listOf", of: str }, to: { kind: "attrsOf", of: str } },
      list([]),
      true,
    ],
    [
      { kind: "coercedTo", from: { kind: "listOf", of: str }, to: { kind: "attrsOf", of: str } },
      int(1),
      false,
    ],
    [{ kind: "unique", of: str }, int(1), false],
    [{ kind: "functionTo", of: str }, int(1), false],
    [{ kind: "opaque", description: "whatever" }, int(1), true],
    [str, unknown("anything"), true],
  ];
  const titled = cases.map(([type, value, accepted]) => ({
    title: `${describeType(type)} ${accepted ? "accepts" : "refuses"} ${printBrief(value)}`,
    type,
    value,
    accepted,
  }));
  test.each(titled)("$title", ({ type, value, accepted }) => {
    expect(checkDefinition(type, value) === undefined).toBe(accepted);
  });

  test("says what was expected and what is there", () => {
    expect(checkDefinition({ kind: "nullOr", of: anInt }, string("x"))).toEqual({
      expected: "null or signed integer",
      actual: '"x"',
    });
  });

  test("a failure is no mismatch", () => {
    expect(checkDefinition(str, { type: "failure", kind: "throw", message: "no" })).toBeUndefined();
  });
});

test("types made as data are described as nixpkgs describes them", () => {
  expect(describeType({ kind: "int", min: -128, max: 127 })).toBe(
    "8 bit signed integer; between -128 and 127 (both inclusive)",
  );
  expect(describeType({ kind: "int", min: 3 })).toBe("integer, at least 3");
  expect(describeType({ kind: "attrsOf", of: { kind: "submodule", options: { options: new Map() } } })).toBe(
    "attribute set of (submodule)",
  );
});

test("option paths are quoted where they must be", () => {
  expect(showOption(["machines", "web 1", "<name>", "deploy"])).toBe('machines."web 1".<name>.deploy');
});

describe("findConflict", () => {
  const options = `{ lib, ... }: { options = {
    name = lib.mkOption { type = lib.types.str; };
    text = lib.mkOption { type = lib.types.lines; };
    only = lib.mkOption { type = lib.types.raw; };
    fixed = lib.mkOption { type = lib.types.int; readOnly = true; };
    maybe = lib.mkOption { type = lib.types.nullOr lib.types.int; };
    items = lib.mkOption { type = lib.types.listOf lib.types.str; };
  }; }`;

  async function conflict(option: string, first: string, second: string) {
    const { root } = await evaluateFixture(`
      #- /options.nix
      ${options.replaceAll("\n", "\n      ")}
      #- /a.nix
      { lib, mystery, ... }: { ${option} = ${first}; }
      #- /b.nix
      { lib, mystery, ... }: { ${option} = ${second}; }
      #- /main.nix
      { imports = [ ./options.nix ./a.nix ./b.nix ]; }
    `);
    const node = root.child(option);
    return node && findConflict(node);
  }

  test("names every place", async () => {
    const found = await conflict("name", '"x"', '"y"');
    expect(found?.message).toContain("The option `name' has conflicting definition values:");
    expect(found?.message).toContain('- In `/a.nix\': "x"');
    expect(found?.message).toContain('- In `/b.nix\': "y"');
    expect(found?.message).toContain("lib.mkForce");
    expect(found?.definitions.map(({ file, origins }) => [file, textsAt(origins)[0]]).sort()).toEqual([
      ["/a.nix", '"x"'],
      ["/b.nix", '"y"'],
    ]);
  });

  test.each([
    ["name", '"x"', '"x"'],
    ["name", '"x"', 'lib.mkForce "y"'],
    ["name", '"x"', "mystery"],
    ["name", '"x"', 'lib.mkIf mystery "y"'],
    ["name", '"x"', 'lib.mkIf false "y"'],
    ["text", '"x"', '"y"'],
    ["items", '[ "x" ]', '[ "y" ]'],
    ["maybe", "null", "null"],
  ])("none: %s = %s and %s", async (option, first, second) => {
    expect(await conflict(option, first, second)).toBeUndefined();
  });

  test.each([
    ["only", "1", "1", "is defined multiple times"],
    ["fixed", "1", "1", "is read-only, but it's set multiple times"],
    ["maybe", "null", "1", "has conflicting definition values"],
    ["maybe", "2", "1", "has conflicting definition values"],
  ])("%s = %s and %s", async (option, first, second, message) => {
    expect((await conflict(option, first, second))?.message).toContain(message);
  });
});
