/**
 * From a word to the option paths it contributes to, through each way Nix has to pass a value on: the word is
 * marked `$0`, what it must lead to is data.
 */
import { expect, test } from "vitest";
import { indexNodes } from "../../../server/src/modules/node-index.ts";
import type { OptionSet, OptionType } from "../../../server/src/modules/option-type.ts";
import { nodesAt } from "../../../server/src/syntax/navigate.ts";
import { cursorOf, parseFixture } from "../helpers/fixture.ts";
import { evaluateFixture } from "../helpers/modules.ts";

const text: OptionType = { kind: "str" };
const machine: OptionType = {
  kind: "submodule",
  options: {
    options: new Map([
      ["host", { type: text, required: false }],
      ["tags", { type: { kind: "listOf", of: text }, required: false }],
    ]),
  },
};
const declared: OptionSet = {
  options: new Map([["machines", { type: { kind: "attrsOf", of: machine }, required: false }]]),
};

/** The option paths the innermost indexed node at the cursor contributes to, sorted. */
async function pathsAt(fixture: string): Promise<string[]> {
  const written = fixture.includes("#- /") ? fixture : `#- /main.nix\n${fixture}`;
  const { path, offset } = cursorOf(parseFixture(written));
  const { evaluator, root } = await evaluateFixture(written.replace("$0", ""), declared);
  const index = indexNodes(root);
  const source = evaluator.host.source(path);
  const node = source && nodesAt(source, offset).findLast((each) => index.has(each));
  return (
    (node &&
      index
        .get(node)
        ?.map((option) => option.path.join("."))
        .sort()) ??
    []
  );
}

test.each<readonly [hop: string, fixture: string, paths: readonly string[]]>([
  ["where it stands", '{ machines.web.ho$0st = "a"; }', ["machines.web.host"]],
  ["a value", '{ machines.web.host = "$0a"; }', ["machines.web.host"]],
  ["let", 'let host = "$0a"; in { machines.web.host = host; }', ["machines.web.host"]],
  ["inherit", 'let host = "$0a"; in { machines.web = { inherit host; }; }', ["machines.web.host"]],
  [
    "the name after inherit",
    'let host = "a"; in { machines.web = { inherit ho$0st; }; }',
    ["machines.web.host"],
  ],
  [
    "inherit from a set",
    'let x.host = "$0a"; in { machines.web = { inherit (x) host; }; }',
    ["machines.web.host"],
  ],
  ["with", 'let x.host = "$0a"; in with x; { machines.web.host = host; }', ["machines.web.host"]],
  [
    "rec",
    'let x = rec { a = "$0a"; host = a; }; in { machines.web = { inherit (x) host; }; }',
    ["machines.web.host"],
  ],
  ["a function's body", 'let f = x: { ho$0st = x; }; in { machines.web = f "a"; }', ["machines.web.host"]],
  [
    "a function's argument",
    'let f = x: { host = x; }; in { machines.web = f "$0a"; }',
    ["machines.web.host"],
  ],
  [
    "a default of an argument",
    'let f = { h ? "$0a" }: { host = h; }; in { machines.web = f { }; }',
    ["machines.web.host"],
  ],
  ["//, the left side", '{ machines.web = { ho$0st = "a"; } // { tags = [ ]; }; }', ["machines.web.host"]],
  ["//, the right side", '{ machines.web = { host = "a"; } // { host = "$0b"; }; }', ["machines.web.host"]],
  [
    "//, what is replaced: only what is around it",
    '{ machines.web = { host = "$0a"; } // { host = "b"; }; }',
    ["machines.web"],
  ],
  ["if, decided", '{ machines.web.host = if true then "$0a" else "b"; }', ["machines.web.host"]],
  [
    "if, undecided",
    '{ mystery, ... }: { machines.web.host = if mystery then "a" else "$0b"; }',
    ["machines.web.host"],
  ],
  ["or", '{ machines.web.host = { }.host or "$0a"; }', ["machines.web.host"]],
  ["mkIf", '{ lib, ... }: { machines.web = lib.mkIf true { ho$0st = "a"; }; }', ["machines.web.host"]],
  ["mkMerge", '{ lib, ... }: { machines = lib.mkMerge [ { web.ho$0st = "a"; } ]; }', ["machines.web.host"]],
  ["mkForce", '{ lib, ... }: { machines.web.host = lib.mkForce "$0a"; }', ["machines.web.host"]],
  [
    "the body of mapAttrs",
    '{ machines = builtins.mapAttrs (name: host: { ho$0st = host; }) { a = "x"; b = "y"; }; }',
    ["machines.a.host", "machines.b.host"],
  ],
  [
    "what mapAttrs goes over",
    '{ machines = builtins.mapAttrs (name: host: { inherit host; }) { a = "x"; b = "$0y"; }; }',
    ["machines.b.host"],
  ],
  [
    "genAttrs",
    '{ lib, ... }: { machines = lib.genAttrs [ "a" "b" ] (name: { ho$0st = name; }); }',
    ["machines.a.host", "machines.b.host"],
  ],
  [
    "listToAttrs",
    '{ machines = builtins.listToAttrs [ { name = "a"; value = { ho$0st = "x"; }; } ]; }',
    ["machines.a.host"],
  ],
  [
    "recursiveUpdate",
    '{ lib, ... }: { machines = lib.recursiveUpdate { a.host = "x"; } { a.tags = [ "$0t" ]; }; }',
    ["machines.a.tags.0"],
  ],
  [
    "foldl'",
    '{ machines = builtins.foldl\' (a: b: a // b) { } [ { a.ho$0st = "x"; } { b.host = "y"; } ]; }',
    ["machines.a.host"],
  ],
  ["++", '{ machines.a.tags = [ "x" ] ++ [ "$0y" ]; }', ["machines.a.tags.1"]],
  [
    "import",
    '#- /main.nix\n{ machines.a = import ./a.nix; }\n#- /a.nix\n{ ho$0st = "x"; }',
    ["machines.a.host"],
  ],
  [
    "an imported function",
    '#- /main.nix\n{ machines.a = import ./a.nix { host = "x"; }; }\n#- /a.nix\n{ host }: { ho$0st = host; }',
    ["machines.a.host"],
  ],
  [
    "an imported module",
    '#- /main.nix\n{ imports = [ ./a.nix ]; }\n#- /a.nix\n{ machines.a.ho$0st = "x"; }',
    ["machines.a.host"],
  ],
  [
    "files of a folder",
    '#- /main.nix\n{ machines = builtins.mapAttrs (file: _: import (./m + "/${file}")) (builtins.readDir ./m); }\n#- /m/a\n{ ho$0st = "x"; }',
    ["machines.a.host"],
  ],
  [
    "fromJSON: only what is around it",
    '{ machines = builtins.fromJSON \'\'{ "a": { "ho$0st": "x" } }\'\'; }',
    ["machines"],
  ],
  ["what nobody uses", 'let unused = { ho$0st = "a"; }; in { machines.web.host = "b"; }', []],
])("%s", async (_hop, fixture, paths) => {
  expect(await pathsAt(fixture)).toEqual(paths);
});
