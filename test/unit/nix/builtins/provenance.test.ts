/** Attributes still know where their names were written after a builtin has rebuilt the set. */
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { Evaluator } from "../../../../server/src/nix/evaluator.ts";
import { parseNix } from "../../../../server/src/syntax/lower.ts";
import { fileHost } from "../../helpers/file-host.ts";
import { testParser } from "../../helpers/parse.ts";

const parser = await testParser();
const here = fileURLToPath(new URL(".", import.meta.url));

/** The texts of the keys of attribute `web` of the expression's value. */
function keysOfWeb(expression: string): string[] {
  const evaluator = new Evaluator(fileHost(parser));
  const value = evaluator.force(evaluator.evalSource(parseNix(parser, `${here}x.nix`, expression)));
  if (value.type !== "attrs") throw new Error(`the expression gives ${value.type}`);
  const keys = value.attrs.get("web")?.keys ?? [];
  return keys.map(({ source, start, end }) => source.text.slice(start, end));
}

it.each([
  ["builtins.mapAttrs (n: v: v) { web = 1; }", ["web"]],
  ['builtins.mapAttrs (n: v: v) { "web" = 1; }', ['"web"']],
  ['removeAttrs { web = 1; db = 2; } [ "db" ]', ["web"]],
  ["builtins.intersectAttrs { web = null; } { web = 1; }", ["web"]],
  ['builtins.listToAttrs [ { name = "web"; value = 1; } ]', ['"web"']],
  [
    "builtins.listToAttrs (map (name: { inherit name; value = 1; }) (builtins.attrNames { web = 1; }))",
    ["web"],
  ],
  ["builtins.zipAttrsWith (n: vs: vs) [ { web = 1; } { web = 2; } ]", ["web", "web"]],
  ["builtins.foldl' (a: b: a // b) { } [ { web = 1; } { db = 2; } ]", ["web"]],
  ["(builtins.fromJSON (builtins.readFile ./files/data.json)).machines", ['"web"']],
  ['(builtins.groupBy (x: "web") [ 1 ])', []],
])("%s", (expression, keys) => {
  expect(keysOfWeb(expression)).toEqual(keys);
});
