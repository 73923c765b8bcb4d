/** Attributes know where their names were written, whatever `lib` function they have come through. */
import { expect, it } from "vitest";
import { Evaluator } from "../../../../server/src/nix/evaluator.ts";
import { createLib } from "../../../../server/src/nix/lib/index.ts";
import { Thunk } from "../../../../server/src/nix/thunk.ts";
import type { Node } from "../../../../server/src/syntax/ast.ts";
import { parseNix } from "../../../../server/src/syntax/lower.ts";
import { fileHost } from "../../helpers/file-host.ts";
import { testParser } from "../../helpers/parse.ts";

const parser = await testParser();

/** The texts of the keys of attribute `web` of the expression's value, then of what its value is made of. */
function trace(expression: string): { keys: string[]; origins: string[] } {
  const evaluator: Evaluator = new Evaluator(fileHost(parser), {
    globals: new Map([["lib", new Thunk(() => createLib(evaluator))]]),
  });
  const value = evaluator.force(evaluator.evalSource(parseNix(parser, "/x.nix", expression)));
  if (value.type !== "attrs") throw new Error(`the expression gives ${value.type}`);
  const attribute = value.attrs.get("web");
  if (attribute === undefined) throw new Error("there is no web");
  const content = evaluator.force(attribute.value);
  const texts = (nodes: readonly Node[] | undefined): string[] =>
    (nodes ?? []).map(({ source, start, end }) => source.text.slice(start, end));
  return { keys: texts(attribute.keys), origins: texts(content.origins) };
}

it.each([
  ["lib.filterAttrs (n: v: true) { web = { a = 1; }; }", ["web"], ["{ a = 1; }"]],
  [
    "lib.recursiveUpdate { web = { a = 1; }; } { web = { b = 2; }; }",
    ["web", "web"],
    ["{ a = 1; }", "{ b = 2; }"],
  ],
  ["lib.recursiveUpdate { web = { a = 1; }; } { }", ["web"], ["{ a = 1; }"]],
  ["lib.mapAttrs' (n: v: lib.nameValuePair n v) { web = { a = 1; }; }", ["web"], ["{ a = 1; }"]],
  ['lib.mapAttrs\' (n: v: { name = "web"; value = v; }) { x = { a = 1; }; }', ['"web"'], ["{ a = 1; }"]],
  ['lib.genAttrs [ "web" ] (n: { a = 1; })', ['"web"'], ["{ a = 1; }"]],
  ["lib.genAttrs (lib.attrNames { web = 0; }) (n: { a = 1; })", ["web"], ["{ a = 1; }"]],
  ["lib.mergeAttrsList [ { web = { a = 1; }; } { db = 1; } ]", ["web"], ["{ a = 1; }"]],
  [
    "lib.foldl' lib.recursiveUpdate { } [ { web.a = 1; } { web.b = 2; } ]",
    ["web", "web"],
    ["web.a = 1;", "web.b = 2;"],
  ],
  ["lib.concatMapAttrs (n: v: { ${n} = v; }) { web = { a = 1; }; }", ["${n}"], ["{ a = 1; }"]],
  ['lib.setAttrByPath [ "web" ] { a = 1; }', ['"web"'], ["{ a = 1; }"]],
  ["lib.mapAttrsRecursive (p: v: v) { web = { a = 1; }; }", ["web"], ["{ a = 1; }"]],
  ["lib.fix (lib.extends (f: p: { web = { a = 1; }; }) (f: { }))", ["web"], ["{ a = 1; }"]],
  ["lib.optionalAttrs true { web = { a = 1; }; }", ["web"], ["{ a = 1; }"]],
  ["lib.zipAttrsWith (n: lib.head) [ { web = { a = 1; }; } ]", ["web"], ["{ a = 1; }"]],
  ["lib.listToAttrs (lib.mapAttrsToList lib.nameValuePair { web = { a = 1; }; })", ["web"], ["{ a = 1; }"]],
  ['lib.getAttrs [ "web" ] { web = { a = 1; }; }', ['"web"'], ["{ a = 1; }"]],
])("%s", (expression, keys, origins) => {
  expect(trace(expression)).toEqual({ keys, origins });
});
