import { expect, test } from "vitest";
import { findUnbound } from "../../../server/src/nix/unbound.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();

function unboundIn(code: string): string | undefined {
  const [first] = findUnbound(parseNix(parser, "/x.nix", code).root, (name) => name === "true");
  return first?.name;
}

test.each([
  ["{ a = 1; b = x: y; }", "y"],
  ["x: { inherit x; inherit z; }", "z"],
  ["{ inherit (z) a; }", "z"],
  ["{ a, b ? d }@c: c", "d"],
  ["let a = 1; inherit b; in a", "b"],
  ["rec { inherit a; }", "a"],
  ["with w; any", "w"],
  ['x: "${y}" + x.${z}', "y"],
  ["{ a = 1; b = a; }", "a"],
  ["{ a = 1; c = { a = b; }; b = 2; }", "b"],
])("%s: %s", (code, expected) => {
  expect(unboundIn(code)).toBe(expected);
});

test.each([
  "with { }; x: [ any x ]",
  "rec { a = b; b.c = a; }",
  "{ a, b ? a }@c: [ a b c true ]",
  "let b = 1; in rec { inherit b; }",
  "let { body = x; x = 1; }",
  "__curPos.line",
  "x: x.y.z or 1",
  // Written in two parts, one of them `rec`: the other sees its names.
  "{ a = rec { x = 1; }; a.y = x; }",
  "{ a = rec { x = 1; }; a = { y = x; }; }",
  "{ a = rec { x = y; }; a.y = 1; }",
])("nothing in %s", (code) => {
  expect(unboundIn(code)).toBeUndefined();
});

test("a long list and a wide set, quickly", () => {
  expect(unboundIn(`[ ${"1 ".repeat(150_000)} y ]`)).toBe("y");
  const wide = Array.from({ length: 3_000 }, (_, i) => `a${i} = rec { x = 1; };`).join("\n");
  expect(unboundIn(`{ ${wide} b = y; }`)).toBe("y");
});
