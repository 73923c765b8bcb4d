/** What `lib` makes of unknown and open values, and of what it has that is not native. */
import { expect, it } from "vitest";
import { createLib } from "../../../../server/src/nix/lib/index.ts";
import { attrs, int, list, string, unknown } from "../../../../server/src/nix/make.ts";
import { Thunk } from "../../../../server/src/nix/thunk.ts";
import type { Value } from "../../../../server/src/nix/value.ts";
import { createEvaluate } from "../../helpers/evaluate.ts";

const u = unknown("u");
const evaluate = await createEvaluate(
  "/",
  (evaluator) =>
    new Map<string, Value | Thunk>([
      ["lib", new Thunk(() => createLib(evaluator()))],
      ["u", u],
      ["openSet", attrs({ a: int(1), b: int(2) }, undefined, u)],
      ["openList", list([Thunk.of(string("a")), Thunk.of(string("b"))], undefined, u)],
    ]),
);

it.each([
  ["lib.noSuchThing", "«unknown: this member of lib is not evaluated»"],
  ["lib.strings.noSuchThing 1", "«unknown: this member of lib.strings is not evaluated»"],
  ["lib.noSuchOptional", "«unknown: this member of lib is not evaluated»"],
  ["lib.optionals'", "«unknown: this member of lib is not evaluated»"],
  ["lib.callPackagesWith", "«unknown: this member of lib is not evaluated»"],
  ["lib.mkDeefault or 1", "«unknown: this member of lib is not evaluated»"],
  ["lib ? mkDeefault", "«unknown: this member of lib is not evaluated»"],
  ["(lib // u).mkDeefault", "«unknown: u»"],
  ["(u // lib).mkDeefault", "«unknown: u»"],
  ["(lib.extend (_: _: u)).mkDeefault", "«unknown: u»"],
  ["lib.licenses.mit", "«unknown: this member of lib is not evaluated»"],
  ["lib.types.str", "«unknown: lib.types is not available»"],
  ["lib.nixosSystem { }", "«unknown: this member of lib is not evaluated»"],
  ["lib.mkOption { type = lib.types.str; } ? type", "true"],
  ["lib.version", "«unknown: this member of lib is not evaluated»"],
  ["lib.optional u 1", "«unknown: u»"],
  ["lib.optionals u [ 1 ] ++ [ 2 ]", "[ 2 «unknown: u» ]"],
  ["lib.optionalAttrs u { a = 1; } // { b = 2; }", "{ b = 2; «unknown: u»; }"],
  ['lib.optionalString u "x"', "«unknown: u»"],
  ['lib.throwIf u "x" 1', "1"],
  ['lib.warnIf u "x" 1', "1"],
  ["lib.mkIf u 1", '{ _type = "if"; condition = «unknown: u»; content = 1; }'],
  ["lib.imap1 (i: v: i) openList", "«unknown: u»"],
  ["lib.reverseList openList", '[ "b" "a" «unknown: u» ]'],
  ["lib.unique (openList ++ openList)", '[ "a" "b" «unknown: u» ]'],
  ['lib.remove "a" openList', '[ "b" «unknown: u» ]'],
  ['lib.subtractLists [ u "a" ] [ "a" "c" ]', "[ «unknown: u» ]"],
  ['lib.intersectLists openList [ "a" "c" ]', '[ "a" «unknown: u» ]'],
  ["lib.flatten [ 1 u [ 2 ] ]", "[ 1 2 «unknown: u» ]"],
  ["lib.filterAttrs (n: v: v > 1) openSet", "{ b = 2; «unknown: u»; }"],
  ["lib.filterAttrs (n: v: if v == 1 then u else true) { a = 1; b = 2; }", "{ b = 2; «unknown: u»; }"],
  ["lib.genAttrs openList (n: n)", '{ a = "a"; b = "b"; «unknown: u»; }'],
  ["lib.mapAttrsToList (n: v: n) openSet", '[ "a" "b" «unknown: u» ]'],
  ["lib.mapAttrs' (n: v: lib.nameValuePair n (v + 1)) openSet", "{ a = 2; b = 3; «unknown: u»; }"],
  ["lib.mergeAttrsList [ u { a = 1; } ]", "{ a = 1; «unknown: u»; }"],
  ["lib.mergeAttrsList [ { a = 1; } u ]", "{ a = «unknown: u»; «unknown: u»; }"],
  ["lib.recursiveUpdate { a.x = 1; } { a.y = 2; b = u; }", "{ a = { x = 1; y = 2; }; b = «unknown: u»; }"],
  ["lib.recursiveUpdate u { a.y = 2; }", "{ a = { y = 2; «unknown: u»; }; «unknown: u»; }"],
  ["lib.recursiveUpdate { a.y = 2; } u", "{ a = { y = «unknown: u»; «unknown: u»; }; «unknown: u»; }"],
  ["lib.recursiveUpdate { a = u; } { a.y = 2; }", "{ a = { y = 2; «unknown: u»; }; }"],
  ['lib.attrByPath [ "c" "d" ] 0 openSet', "«unknown: u»"],
  ['lib.attrByPath [ "a" ] 0 openSet', "1"],
  ["lib.isDerivation openSet", "«unknown: u»"],
  ['lib.hasPrefix "a" u', "«unknown: u»"],
  ['lib.concatMapStringsSep "," toString [ 1 u ]', "«unknown: u»"],
  ["(lib.callPackageWith u ({ x, y }: { r = y; s = x; }) { y = 1; }).r", "1"],
  ["lib.fix (self: { a = u; b = 1; })", "{ a = «unknown: u»; b = 1; }"],
  ['lib.genAttrs lib.systems.flakeExposed (s: 1) ? "x86_64-linux"', "true"],
  ["lib.foldl' lib.recursiveUpdate { } [ { a.x = 1; } { a.y = 2; } ]", "{ a = { x = 1; y = 2; }; }"],
])("%s", (expression, result) => {
  expect(evaluate(expression)).toBe(result);
});

it("takes a hundred thousand elements", () => {
  const many = "(lib.range 1 100000)";
  expect(evaluate(`lib.length (lib.flatten [ ${many} [ ${many} ] ])`)).toBe("200000");
  expect(evaluate(`lib.foldl' builtins.add 0 ${many}`)).toBe("5000050000");
  expect(evaluate(`lib.foldr (a: b: a + b) 0 ${many}`)).toBe("5000050000");
  expect(evaluate(`lib.last (lib.imap0 (i: v: i) ${many})`)).toBe("99999");
  expect(evaluate(`lib.length (lib.unique (map toString ${many}))`)).toBe("100000");
  expect(
    evaluate(`lib.length (lib.attrNames (lib.mergeAttrsList (map (n: { \${toString n} = n; }) ${many})))`),
  ).toBe("100000");
});
