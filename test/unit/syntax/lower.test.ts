import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Node, Source } from "../../../server/src/syntax/ast.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { childrenOf, walk } from "../../../server/src/syntax/navigate.ts";
import { testParser } from "../helpers/parse.ts";
import { sketch } from "../helpers/sketch.ts";

const parser = await testParser();
const samples = new URL("../../../examples/", import.meta.url);
const texts = readdirSync(samples, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".nix"))
  .map((name) => readFileSync(new URL(name, samples), "utf8"));

function lower(text: string): Source {
  return parseNix(parser, "/x.nix", text);
}

test("CR and CR LF are line breaks of a string, and stay in an indented one", () => {
  expect(sketch(lower('"a\r\nb\rc"').root)).toBe('(str "a\\nb\\nc")');
  expect(sketch(lower("''\n  a\r\n  b''").root)).toBe('(str "a\\r\\nb")');
});

test("a comment ends at a lone CR", () => {
  expect(sketch(lower("# a\r1").root)).toBe("1");
});

/** A node that reaches out of the one it is in, or stands before its elder sibling. */
function findMisplaced(source: Source): Node | undefined {
  let misplaced: Node | undefined;
  walk(source.root, (node) => {
    let start = node.start;
    for (const child of childrenOf(node)) {
      if (child.start < start || child.end > node.end || child.start > child.end) misplaced ??= child;
      // The arguments of a function may stand before or behind their name.
      if (node.kind !== "param") start = child.start;
    }
  });
  return misplaced;
}

describe("whatever is done to a file", () => {
  const words = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ";",
    "=",
    '"',
    "''",
    "${",
    ".",
    ",",
    ":",
    "@",
    "?",
    "or",
    "\\",
  ];
  const more = [
    "let",
    "in",
    "rec",
    "with",
    "if",
    "then",
    "else",
    "inherit",
    "a",
    "x:",
    "1",
    "./a",
    "/*",
    "#",
    "++",
  ];
  const edit = fc.record({
    file: fc.constantFrom(...texts),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat({ max: 30 }),
    added: fc.array(fc.constantFrom(...words, ...more, " ", "\n", "\r\n", "é", "😀"), { maxLength: 4 }),
  });
  const edited = edit.map(({ file, at, removed, added }) => {
    const offset = Math.floor(at * file.length);
    return file.slice(0, offset) + added.join(" ") + file.slice(offset + removed);
  });

  test("nodes stand inside their parents, and problems inside the text", () => {
    fc.assert(
      fc.property(edited, (text) => {
        const source = lower(text);
        expect(findMisplaced(source)).toBeUndefined();
        for (const { start, end, message } of source.problems) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(message).toMatch(/\.$/);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a file without a problem has no error node and nothing broken", () => {
    fc.assert(
      fc.property(edited, (text) => {
        const source = lower(text);
        if (source.problems.length > 0) return;
        walk(source.root, (node) => {
          expect(node.kind).not.toBe("error");
          if ("broken" in node) expect(node.broken).toBe(false);
        });
      }),
      { numRuns: 200 },
    );
  });

  test("what stands before the cut is kept", () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }), (file, at) => {
        const cut = Math.floor(at * file.length);
        const kept = namesOf(lower(file.slice(0, cut)));
        for (const name of namesOf(lower(file), cut)) expect(kept).toContain(name);
      }),
      { numRuns: 200 },
    );
  });
});

/** The paths of all bindings that end before an offset, as written. */
function namesOf(source: Source, end = source.text.length): string[] {
  const names: string[] = [];
  walk(source.root, (node) => {
    if (node.kind === "binding" && node.end <= end) names.push(node.path.map(sketch).join("."));
  });
  return names;
}

describe("nesting is limited by memory, not by the stack", () => {
  const depth = 20_000;
  test.each([
    ["lists", "[".repeat(depth) + "]".repeat(depth)],
    ["parentheses", `${"(".repeat(depth)}1${")".repeat(depth)}`],
    ["sets", `${"{a.b=".repeat(depth)}1${";}".repeat(depth)}`],
    ["lets", `${"let a = 1; in ".repeat(depth)}a`],
    ["functions", `${"x: ".repeat(depth)}x`],
    ["a chain to the right", Array(depth).fill("a").join(" ++ ")],
    ["a chain to the left", Array(depth).fill("a").join(" |> ")],
    ["interpolations", `${'"${'.repeat(depth)}1${'}"'.repeat(depth)}`],
    ["a long list", `[${"1 ".repeat(10 * depth)}]`],
  ])("%s", (_, text) => {
    expect(lower(text).problems).toEqual([]);
  });

  test.each([
    ["lists", "[".repeat(depth)],
    ["sets", "{a=".repeat(depth)],
    ["closing braces", "}".repeat(depth)],
    ["operators", `[${"1 + ".repeat(depth)}]`],
    ["bindings", `{${"a=1;".repeat(depth)} roles. }`],
  ])("broken: %s", (_, text) => {
    expect(lower(text).problems.length).toBeGreaterThan(0);
  });
});
