import { expect, test } from "vitest";
import { collectFolds } from "../../../server/src/features/folding.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { testParser } from "../helpers/parse.ts";

/** Each fold as its first and last line, numbered from 1, and its kind. */
async function folds(text: string): Promise<string[]> {
  const source = parseNix(await testParser(), "/clan/clan.nix", text);
  const line = (offset: number) => text.slice(0, offset).split(/\r\n|\n/).length;
  return collectFolds(source).map(({ start, end, kind }) => `${line(start)}-${line(end)} ${kind}`);
}

const clan = `{ lib, ... }:
let
  servers = [
    "web"
  ];
in
{
  # A clan
  # of machines.
  inventory.machines = {
    web = {
      tags = [ "srv" ];
    };
    db = { };
  };
  imports = [
    ./a.nix
    ./b.nix
  ];
  /*
   * Vars.
   */
  script = ''
    echo "# no comment"
    # none either
    # at all
    echo \${lib.concat [
      "a"
    ]}
  '';
}
`;

const expected = [
  "2-5 region", // let
  "3-4 region", // servers
  "7-30 region",
  "8-9 comment",
  "10-14 region",
  "11-12 region",
  "16-18 imports",
  "20-22 comment",
  "23-29 region",
  "27-28 region",
];

test("sets, lists, let, imports, strings and comments, without the line that closes them", async () => {
  expect(await folds(clan)).toEqual(expected);
});

test("the same with CR LF", async () => {
  expect(await folds(clan.replaceAll("\n", "\r\n"))).toEqual(expected);
});

test.each([
  ["the longer of two that begin on a line", "{ a = [ {\n x = 1;\n} {\n} ]; }\n", ["1-4 region"]],
  ["arguments", "{\n  lib,\n  ...\n}@args:\nlib", ["1-3 region"]],
  ["nothing on one line", "{ a = [ 1 ]; } # no\n", []],
  ["comments apart", "# a\n\n# b\n{ }\n", []],
  ["a set that is not closed", "{\n  a = {\n    b = 1;\n", ["1-3 region", "2-3 region"]],
])("%s", async (_what, text, found) => {
  expect(await folds(text)).toEqual(found);
});
