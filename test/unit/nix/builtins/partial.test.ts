/** What builtins make of unknown and open values: nothing is claimed, and what is known stays known. */
import { expect, it } from "vitest";
import { attrs, int, list, string, unknown } from "../../../../server/src/nix/make.ts";
import { Thunk } from "../../../../server/src/nix/thunk.ts";
import type { Value } from "../../../../server/src/nix/value.ts";
import { createEvaluate } from "../../helpers/evaluate.ts";

const u = unknown("u");
const evaluate = await createEvaluate(
  "/",
  () =>
    new Map<string, Value>([
      ["u", u],
      ["openSet", attrs({ a: int(1), b: int(2) }, undefined, u)],
      ["openList", list([Thunk.of(string("a")), Thunk.of(string("b"))], undefined, u)],
    ]),
);

it.each([
  ["builtins.length openList", "«unknown: u»"],
  ["builtins.length [ u u ]", "2"],
  ["builtins.head openList", "«unknown: u»"],
  ["map (x: x + x) openList", '[ "aa" "bb" «unknown: u» ]'],
  ["map (x: u) [ 1 ]", "[ «unknown: u» ]"],
  ["map u [ 1 ]", "«unknown: u»"],
  ["builtins.filter (x: x == 1 || u) [ 1 2 ]", "[ 1 «unknown: u» ]"],
  ["builtins.filter (x: false) openList", "[ «unknown: u» ]"],
  ['builtins.elem "a" openList', "true"],
  ['builtins.elem "c" openList', "«unknown: u»"],
  ["builtins.elem 1 [ u 1 ]", "true"],
  ['builtins.any (x: x == "b") openList', "true"],
  ['builtins.any (x: x == "c") openList', "«unknown: u»"],
  ['builtins.all (x: x == "a") openList', "false"],
  ["builtins.all (x: true) openList", "«unknown: u»"],
  ["builtins.concatLists [ [ 1 ] u [ 2 ] ]", "[ 1 2 «unknown: u» ]"],
  ["builtins.concatMap (x: if x == 1 then u else [ x ]) [ 1 2 ]", "[ 2 «unknown: u» ]"],
  ['builtins.sort builtins.lessThan (openList ++ [ "0" ])', '[ "0" "a" "b" «unknown: u» ]'],
  ['builtins.groupBy (x: if x == 1 then u else "g") [ 1 2 ]', "{ g = [ 2 «unknown: u» ]; «unknown: u»; }"],
  ['builtins.foldl\' (a: b: a + b) "" openList', "«unknown: u»"],
  ["builtins.attrNames openSet", '[ "a" "b" «unknown: u» ]'],
  ["builtins.attrValues openSet", "[ 1 2 «unknown: u» ]"],
  ["builtins.mapAttrs (n: v: v + 1) openSet", "{ a = 2; b = 3; «unknown: u»; }"],
  ['builtins.hasAttr "a" openSet', "true"],
  ['builtins.hasAttr "c" openSet', "«unknown: u»"],
  ['builtins.getAttr "c" openSet', "«unknown: u»"],
  ['removeAttrs openSet [ "a" ]', "{ b = 2; «unknown: u»; }"],
  ["removeAttrs { a = 1; } [ u ]", "{ «unknown: u»; }"],
  ["builtins.intersectAttrs openSet { a = 3; c = 4; }", "{ a = 3; «unknown: u»; }"],
  ["builtins.intersectAttrs { a = 3; } openSet", "{ a = 1; }"],
  ["builtins.intersectAttrs { c = 3; } openSet", "{ «unknown: u»; }"],
  ['builtins.catAttrs "a" [ openSet ]', "[ 1 ]"],
  ['builtins.catAttrs "c" [ { c = 0; } openSet ]', "[ 0 «unknown: u» ]"],
  [
    "builtins.listToAttrs (map (name: { inherit name; value = 1; }) openList)",
    "{ a = 1; b = 1; «unknown: u»; }",
  ],
  [
    'builtins.listToAttrs [ { name = u; value = 1; } { name = "x"; value = u; } ]',
    "{ x = «unknown: u»; «unknown: u»; }",
  ],
  [
    "builtins.zipAttrsWith (n: vs: vs) [ { a = 0; } openSet ]",
    "{ a = [ 0 1 «unknown: u» ]; b = [ 2 «unknown: u» ]; «unknown: u»; }",
  ],
  ["builtins.tryEval u", "{ success = «unknown: u»; value = «unknown: u»; }"],
  ["builtins.tryEval { a = u; }", "{ success = true; value = { a = «unknown: u»; }; }"],
  ["builtins.seq u 1", "1"],
  ["builtins.deepSeq openSet 1", "1"],
  ["builtins.trace u 1", "1"],
  ["builtins.toJSON { a = u; }", "«unknown: u»"],
  ['builtins.concatStringsSep "," [ "a" u ]', "«unknown: u»"],
  ["builtins.stringLength u", "«unknown: u»"],
  ["builtins.typeOf u", "«unknown: u»"],
  ["builtins.isList openList", "true"],
  ["builtins.functionArgs u", "«unknown: u»"],
  ['builtins.getEnv "HOME"', "«unknown: environment variables are not read»"],
  ['(builtins.fetchTarball "https://x").y', "«unknown: builtins.fetchTarball is never run»"],
  ['"${derivation { name = "x"; builder = u; system = "s"; }}"', "«unknown: u»"],
  ['(derivation { name = "x"; builder = u; system = "s"; }).name', '"x"'],
  ['(derivation ({ name = "x"; builder = "b"; system = "s"; } // u)).drvPath', "«unknown: u»"],
  ["throw u", "error (throw): «unknown: u»"],
])("%s", (expression, result) => {
  expect(evaluate(expression)).toBe(result);
});
