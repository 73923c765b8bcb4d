/**
 * Nothing is claimed of options about what is unknown: each type with definitions in which one part is not known has the value
 * that it has with the part, or leaves it open. Where it fails, it fails whatever the part is.
 *
 * A value that is not known is taken to be no property of its own: it counts as much as others, and as an element of a list.
 */
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { unknown } from "../../../server/src/nix/make.ts";
import { Thunk } from "../../../server/src/nix/thunk.ts";
import type { Value } from "../../../server/src/nix/value.ts";
import { nativeLib } from "../../../server/src/project/native-lib.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { readTypes } from "../../conformance/eval-modules.ts";
import { contradiction, type Run } from "../helpers/contradiction.ts";
import { fileHost } from "../helpers/file-host.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();
const host = fileHost(parser);

/** `u` is unknown. */
function run(text: string): Run {
  const evaluator: Evaluator = new Evaluator(host, {
    globals: new Map<string, Thunk | Value>([
      ["u", unknown("u")],
      ["lib", new Thunk(() => nativeLib(evaluator))],
    ]),
  });
  return { evaluator, thunk: evaluator.evalSource(parseNix(parser, "/x.nix", text)) };
}

/** Definitions with a part `u`, and what it may be. */
const definitions: readonly (readonly [definitions: readonly string[], parts: readonly string[]])[] = [
  [["u"], ["1", '"a"', "[ 1 ]", "{ a = 1; }", "null", "x: x"]],
  [
    ["lib.mkIf u 1", "lib.mkDefault 2"],
    ["true", "false"],
  ],
  [["lib.mkIf u 1"], ["true", "false"]],
  [
    ["lib.mkIf u (lib.mkForce 1)", "2"],
    ["true", "false"],
  ],
  [
    ["lib.mkIf u (lib.mkForce { a = 1; })", "{ b = 2; }"],
    ["true", "false"],
  ],
  [
    ["lib.mkIf u (lib.mkForce { })", "{ b = { }; }"],
    ["true", "false"],
  ],
  [
    ["lib.mkIf u (lib.mkForce [ ])", "[ 2 ]"],
    ["true", "false"],
  ],
  [["lib.mkIf u { a = 1; }"], ["true", "false"]],
  [
    ["lib.mkIf u [ 1 ]", "[ 2 ]"],
    ["true", "false"],
  ],
  [
    ["lib.mkIf u { a = 1; }", "{ b = 2; }"],
    ["true", "false"],
  ],
  [
    ["lib.mkIf u { a = 1; }", "{ a = 1; }"],
    ["true", "false"],
  ],
  [
    ["{ a = lib.mkIf u 1; }", "{ a = lib.mkDefault 2; }"],
    ["true", "false"],
  ],
  [["{ a = lib.mkIf u 1; }"], ["true", "false"]],
  [['lib.mkIf u (throw "x")', "1"], ["false"]],
  [["lib.mkMerge [ (lib.mkIf u 1) (lib.mkIf (!u) 2) ]"], ["true", "false"]],
  [["lib.mkOverride u 1", "2"], ["100"]],
  [
    ["lib.mkOrder u [ 1 ]", "[ 2 ]"],
    ["10", "2000"],
  ],
  [
    ["{ a = u; }", "{ b = 1; }"],
    ["1", "2"],
  ],
  [["{ a = u; }", "{ a = 1; }"], ["1"]],
  [["[ u ]", "[ 2 ]"], ["1"]],
  [["u", "1"], ["1"]],
  [
    ["u", "lib.mkForce 1"],
    ["2", "lib.mkIf false 3"],
  ],
  [
    ["u", "lib.mkDefault 1"],
    ["2", "lib.mkIf false 3"],
  ],
  [
    ["u", "[ 1 ]"],
    ["[ 2 ]", "[ ]"],
  ],
  [
    ["u", "{ a = 1; }"],
    ["{ b = 2; }", "{ }"],
  ],
  [
    ["{ ${u} = 1; }", "{ b = 2; }"],
    ['"a"', '"b"', '"c"'],
  ],
  [["{ a = 1; } // u"], ["{ }", "{ b = 2; }", "{ a = 3; }"]],
  [["[ 1 ] ++ u"], ["[ ]", "[ 2 ]"]],
  [["if u then 1 else 2"], ["true", "false"]],
  [["if u then [ 1 ] else { a = 1; }"], ["true", "false"]],
  [['"a${u}"'], ['""', '"b"', '"\\n"']],
  [
    ["{ x.a = u; }", "{ y = { }; }"],
    ['"p"', "1"],
  ],
  [["{ x = lib.mkIf u { }; y = { }; }"], ["true", "false"]],
  [["{ imports = [ u ]; a = 1; }"], ["{ }", "{ a = 1; }"]],
  [["u: { a = 1; }"], ["u: { a = 1; }"]],
];

/** One of each kind. */
const kinds =
  "int enum lines nullOr nullOrList listOf nonEmptyList attrsOf lazyAttrsOf attrsOfList either oneOf coerced uniq unique sub subReq subFree attrsSub listSub nullSub anything raw attrs".split(
    " ",
  );
const all = readTypes(fileURLToPath(new URL("../../../", import.meta.url)));
const types = kinds.map((kind) => [kind, all.get(kind) ?? expect.fail(`there is no type ${kind}`)] as const);

test.each(types)("%s", (_name, type) => {
  for (const [values, parts] of definitions) {
    const modules = values.map((value) => `{ o = ${value}; }`).join(" ");
    const text = `(lib.evalModules { modules = [ { options.o = lib.mkOption { type = ${type}; }; } ${modules} ]; }).config.o`;
    const partial = run(text);
    for (const part of parts) {
      const wrong = contradiction(partial, run(`let u = ${part}; in ${text}`));
      if (wrong !== undefined) expect.fail(`${values.join(" and ")}, with u = ${part}: ${wrong}`);
    }
  }
});
