import { expect, test } from "vitest";
import { collectSelectionRanges } from "../../../server/src/features/selection-ranges.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { cursorOf, parseFixture } from "../helpers/fixture.ts";
import { testParser } from "../helpers/parse.ts";

/** What is selected, step by step outwards. */
async function selections(fixtureText: string): Promise<string[]> {
  const fixture = parseFixture(fixtureText);
  const { path, offset } = cursorOf(fixture);
  const text = fixture.files.get(path) ?? "";
  const source = parseNix(await testParser(), path, text);
  return collectSelectionRanges(source, offset).map(({ start, end }) => text.slice(start, end));
}

test("from a word in a list to the file", async () => {
  expect(await selections('{ a.b = [ "x$0y" 1 ]; }')).toEqual([
    "xy",
    '"xy"',
    '"xy" 1',
    '[ "xy" 1 ]',
    'a.b = [ "xy" 1 ];',
    '{ a.b = [ "xy" 1 ]; }',
  ]);
});

test("from a name to its path and binding", async () => {
  expect(await selections('{ inventory."w$0eb".tags = [ ]; x = 1; }')).toEqual([
    "web",
    '"web"',
    'inventory."web".tags',
    'inventory."web".tags = [ ];',
    'inventory."web".tags = [ ]; x = 1;',
    '{ inventory."web".tags = [ ]; x = 1; }',
  ]);
});

test("from a word of a script to the code around it", async () => {
  expect(await selections("{ script = ''\n  cat $in/my-c$0a/key\n''; }")).toEqual([
    "my-ca",
    "\n  cat $in/my-ca/key\n",
    "''\n  cat $in/my-ca/key\n''",
    "script = ''\n  cat $in/my-ca/key\n'';",
    "{ script = ''\n  cat $in/my-ca/key\n''; }",
  ]);
});

test("from a variable to the let", async () => {
  expect(await selections("let a = 1; in f $0a")).toEqual(["a", "f a", "let a = 1; in f a"]);
});

test("nothing outside of all code", async () => {
  expect(await selections("$0 { }")).toEqual([]);
});
