import { expect, test } from "vitest";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { nodesAt, walk } from "../../../server/src/syntax/navigate.ts";
import { testParser } from "../helpers/parse.ts";
import { sketch } from "../helpers/sketch.ts";

const parser = await testParser();

/** What is at `$0`, innermost first. */
function at(marked: string): string[] {
  const offset = marked.indexOf("$0");
  const source = parseNix(parser, "/x.nix", marked.replace("$0", ""));
  return nodesAt(source, offset).map(sketch).reverse();
}

test("the nodes at an offset, from the word outwards", () => {
  expect(at("{ a.b$0c = f x; }")).toEqual(["bc", "(= a.bc (app f x))", "(set (= a.bc (app f x)))"]);
});

test("at the end of a word the word counts", () => {
  expect(at("{ a = f x$0; }")[0]).toBe("x");
});

test("between two words that touch the later one counts", () => {
  expect(at("{ a.$0b = 1; }")[0]).toBe("b");
  expect(at('{ a = "x$0${y}"; }')[0]).toBe("${y}");
});

test("outside of everything there is nothing", () => {
  expect(at("$0  { }")).toEqual([]);
});

test("a walk goes through the file from left to right", () => {
  const source = parseNix(
    parser,
    "/x.nix",
    "{ a = [ b c ]; inherit (d) e; f = { g ? h, ... }@i: j.k or l; }",
  );
  const names: string[] = [];
  walk(source.root, (node) => {
    if (node.kind === "identifier" || node.kind === "attr-name") names.push(sketch(node));
  });
  expect(names.sort()).toEqual([..."abcdefghijkl"]);
});
