import { expect, test } from "vitest";
import type { Expr, Node } from "../../../server/src/syntax/ast.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { childrenOf } from "../../../server/src/syntax/navigate.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();

/** The tree in one line: kinds and what they hold, children in parentheses. */
function sketch(node: Node): string {
  const children = childrenOf(node).map(sketch).join(" ");
  const detail = detailOf(node);
  return children === "" ? `${node.kind}${detail}` : `${node.kind}${detail}(${children})`;
}

function detailOf(node: Node): string {
  switch (node.kind) {
    case "int":
    case "float":
    case "uri":
    case "search-path":
      return `:${node.text}`;
    case "text":
      return `:${JSON.stringify(node.text)}`;
    case "identifier":
    case "attr-name":
      return `:${node.name ?? "?"}`;
    case "binary":
    case "unary":
      return node.op;
    case "attrset":
      return `${node.recursive ? "-rec" : ""}${node.broken ? "-broken" : ""}`;
    case "list":
      return node.broken ? "-broken" : "";
    case "param":
      return node.ellipsis ? "..." : "";
    default:
      return "";
  }
}

function lower(text: string): { root: Expr; problems: readonly string[] } {
  const source = parseNix(parser, "/x.nix", text);
  return { root: source.root, problems: source.problems.map((p) => p.message) };
}

test.each<[string, string]>([
  ["1", "int:1"],
  ["a.b or c", "select(identifier:a attr-name:b identifier:c)"],
  ["a ? b.c", "has-attr(identifier:a attr-name:b attr-name:c)"],
  ["f x y", "apply(apply(identifier:f identifier:x) identifier:y)"],
  ["x |> f |> g", "binary|>(binary|>(identifier:x identifier:f) identifier:g)"],
  ["f <| g <| x", "binary<|(identifier:f binary<|(identifier:g identifier:x))"],
  ["{ a, b, }: a", "lambda(param(formal(identifier:a) formal(identifier:b)) identifier:a)"],
  ["{ a ? 1, ... }@x: a", "lambda(param...(identifier:x formal(identifier:a int:1)) identifier:a)"],
  ['{ a."b c".${d} = 1; }', "attrset(binding(attr-name:a attr-name:b c attr-name:?(identifier:d) int:1))"],
  ["{ inherit (a) b; inherit c; }", "attrset(inherit(identifier:a attr-name:b) inherit(attr-name:c))"],
  ["let a = 1; in a", "let(binding(attr-name:a int:1) identifier:a)"],
  ["rec { }", "attrset-rec"],
  ["[ 1 (f x) ]", "list(int:1 apply(identifier:f identifier:x))"],
  ["./a/${b}.nix", 'path(text:"./a/" interpolation(identifier:b) text:".nix")'],
  ["<nixpkgs/lib>", "search-path:nixpkgs/lib"],
  ["-a + !b", "binary+(unary-(identifier:a) unary!(identifier:b))"],
])("%s", (text, expected) => {
  const { root, problems } = lower(text);
  expect(problems).toEqual([]);
  expect(sketch(root)).toBe(expected);
});

/** Strings are shown with interpolations as `<x>`. */
function cooked(text: string): string {
  const root = lower(text).root;
  if (root.kind !== "string") throw new Error(`not a string: ${root.kind}`);
  return root.parts.map((p) => (p.kind === "text" ? p.text : `<${sketch(p)}>`)).join("");
}

test.each<[string, string]>([
  ['"a\\nb\\t\\"\\\\"', 'a\nb\t"\\'],
  ['"\\${a} $${b} $"', "${a} $${b} $"],
  ['"a\r\nb\rc"', "a\nb\nc"],
  ["''a''", "a"],
  ["''\n  a\n    b\n  c\n''", "a\n  b\nc\n"],
  ["''\n    a\n\n    b\n  ''", "a\n\nb\n"],
  ["''\n  ''${a} ''' ''\\n x\n''", "${a} '' \nx\n"],
  ["''\n  a\n   ${b}\n''", "a\n <interpolation(identifier:b)>\n"],
  ["''  a''", "a"],
  ["''\n\ta\n\tb''", "\ta\n\tb"],
])("the string %j", (text, expected) => {
  expect(cooked(text)).toBe(expected);
});

test.each<[string, string]>([
  // A lone path in the middle of a set loses nothing around it.
  [
    "{ z = { r.c = { }; roles. }; b = 1; }",
    "attrset(binding(attr-name:z attrset-broken(binding(attr-name:r attr-name:c attrset))) binding(attr-name:b int:1))",
  ],
  // What is not closed is closed at the end.
  [
    "{ p, ... }: { a = 1; b = { c = 2; d = ",
    "lambda(param...(formal(identifier:p)) attrset-broken(binding(attr-name:a int:1) binding(attr-name:b attrset-broken(binding(attr-name:c int:2) binding(attr-name:d error)))))",
  ],
  ["{ a = 1; b }", "attrset-broken(binding(attr-name:a int:1))"],
])("what is left of %s", (text, expected) => {
  const { root, problems } = lower(text);
  expect(problems).not.toEqual([]);
  expect(sketch(root)).toBe(expected);
});

test.each<[string, string]>([
  ["{ a = 1 }", "Expected `;`."],
  ["{ a = { b = 1; }", "This `{` is never closed."],
  ["[ 1 ) ]", "This `)` closes nothing."],
  ["{ a.b = 1; a = { b = 2; }; }", "`a.b` is already defined on line 1."],
  ["{ a, a }: 1", "The argument `a` is named twice."],
  ["1 < 2 < 3", "`<` and `<` cannot be chained; add parentheses."],
  ["let ${a} = 1; in 1", "`let` needs a fixed name."],
  ["", "The file holds no expression."],
])("the problem in %s", (text, expected) => {
  expect(lower(text).problems).toContain(expected);
});

test("a set that is completed by a path may itself be merged", () => {
  const text = "{ a = { x = 1; }; a = { b = { c = 1; d.e = 1; }; b.d.f = 2; }; }";
  expect(lower(text).problems).toEqual([]);
});

test("(1 < 2) < 3 may be chained", () => {
  expect(lower("(1 == 2) == false").problems).toEqual([]);
});

test("nesting is limited by memory, not by the stack", () => {
  const depth = 50_000;
  expect(lower(`${"[".repeat(depth)}${"]".repeat(depth)}`).problems).toEqual([]);
  expect(lower(Array(depth).fill("a").join(" ++ ")).problems).toEqual([]);
});
