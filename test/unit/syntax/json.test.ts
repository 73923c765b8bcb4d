import fc from "fast-check";
import { expect, test } from "vitest";
import type { Expr } from "../../../server/src/syntax/ast.ts";
import { parseJsonSource } from "../../../server/src/syntax/json.ts";
import { nodesAt } from "../../../server/src/syntax/navigate.ts";
import { withCarets, withoutCarets } from "../helpers/problem-carets.ts";
import { sketch } from "../helpers/sketch.ts";

test("an object is an attribute set whose names are where they are written", () => {
  const text = '{ "machines": { "web": { "tags": ["a"] } } }';
  const source = parseJsonSource("/inventory.json", text);
  expect(source.problems).toEqual([]);
  const chain = nodesAt(source, text.indexOf("web"));
  expect(chain.at(-1)).toMatchObject({ kind: "attr-name", name: "web", start: text.indexOf('"web"') });
});

test.each([
  [
    '{"a": [1, -2, 1.5e3, "x\\u00e9\\n", "", true, false, null]}',
    '(set (= "a" (list 1 -2 1.5e3 (str "xé\\n") (str) true false null)))',
  ],
  ['{"a": 1, "a": 2}', '(set (= "a" 2))'],
  ["[]", "(list)"],
  [' "x" ', '(str "x")'],
])("%s", (text, tree) => {
  const source = parseJsonSource("/x.json", text);
  expect(source.problems).toEqual([]);
  expect(sketch(source.root)).toBe(tree);
});

test.each<[string, string]>([
  [
    `
  { "a": 1, "b": }
#                ^ Expected a value before this.`,
    '(set! (= "a" 1))',
  ],
  [
    `
  { "a": 1 "b": 2, "c" 3, d: 4 }
#          ^^^ Expected \`,\` before this.
#                      ^ Expected \`:\` before this.
#                         ^ A name needs quotes.`,
    '(set! (= "a" 1) (= "b" 2) (= "c" 3) (= "d" 4))',
  ],
  [
    `
  [ 1, 2, ]
#       ^ JSON has no comma before \`]\`.`,
    "(list 1 2)",
  ],
  [
    `
  { "a": { "b": [ 1
# ^ This \`{\` is never closed.
#        ^ This \`{\` is never closed.
#               ^ This \`[\` is never closed.`,
    '(set! (= "a" (set! (= "b" (list! 1)))))',
  ],
  [
    `
  { "a": 1 } ] 2
#            ^ This \`]\` closes nothing.
#              ^ A JSON file holds one value.`,
    '(set (= "a" 1))',
  ],
  [
    `
  // no
# ^^^^^ JSON has no comments.
  { "a": "x
#        ^^ This \`"\` is never closed.
  }`,
    '(set (= "a" (str "x")))',
  ],
])("%s", (annotated, tree) => {
  const text = withoutCarets(annotated);
  const source = parseJsonSource("/x.json", text);
  expect(withCarets(text, source.problems)).toBe(annotated);
  expect(sketch(source.root)).toBe(tree);
});

/** What `JSON.parse` would give. */
function plainValue(expr: Expr): unknown {
  switch (expr.kind) {
    case "attrset":
      return Object.fromEntries(
        expr.bindings.map((binding) =>
          binding.kind === "binding" ? [binding.path[0]?.name, plainValue(binding.value)] : ["", undefined],
        ),
      );
    case "list":
      return expr.elements.map(plainValue);
    case "string":
      return expr.parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
    case "int":
    case "float":
      return Number(expr.text);
    case "identifier":
      return JSON.parse(expr.name);
    default:
      throw new Error(expr.kind);
  }
}

test("any JSON is read as JavaScript reads it", () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), fc.nat({ max: 4 }), (json, indent) => {
      const value: unknown = JSON.parse(json);
      const source = parseJsonSource("/x.json", JSON.stringify(value, undefined, indent));
      expect(source.problems).toEqual([]);
      expect(JSON.stringify(plainValue(source.root))).toBe(JSON.stringify(value));
    }),
  );
});

test("nesting is limited by memory", () => {
  const source = parseJsonSource("/x.json", "[".repeat(50_000) + "]".repeat(50_000));
  expect(source.problems).toEqual([]);
});
