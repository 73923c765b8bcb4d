import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Node, Source } from "../../../server/src/syntax/ast.ts";
import { NixDocument, type TextChange } from "../../../server/src/syntax/document.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { walk } from "../../../server/src/syntax/navigate.ts";
import { testParser } from "../helpers/parse.ts";
import { plainTree } from "../helpers/plain-tree.ts";

const parser = await testParser();
const text = readFileSync(new URL("../../fixtures/grammar/ok/module.nix", import.meta.url), "utf8");

/** Pieces of code that open, close, break and mend things. */
const snippet = fc.constantFrom(
  "",
  "{",
  "}",
  "[",
  "]",
  ";",
  "=",
  '"',
  "''",
  "${",
  "a",
  " b = 1; ",
  "roles.",
  "\r\n",
  "\n",
  "é",
  "😀",
  "# x\n",
  "/*",
  "*/",
  ", }:",
  "|>",
);
const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 12 }), text: snippet });

function change(current: string, wanted: { at: number; length: number; text: string }): TextChange {
  const start = wanted.at % (current.length + 1);
  return { start, end: Math.min(current.length, start + wanted.length), text: wanted.text };
}

test("editing in place gives the tree of a fresh parse", () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
      const document = new NixDocument(parser, "/x.nix", text);
      try {
        for (const wanted of edits) document.edit([change(document.text, wanted)]);
        expect(plainTree(document.source)).toBe(plainTree(parseNix(parser, "/x.nix", document.text)));
      } finally {
        document.dispose();
      }
    }),
    { numRuns: 500 },
  );
});

/** Changes that leave most texts whole, so that nodes are taken over again and again. */
const whole = fc.constantFrom(
  "",
  " ",
  "\n",
  "  # x\n",
  " b = 1; ",
  " new.deep = { x = [ 1 ]; y.z = ''a''; }; ",
  "x",
  "1",
  '"s"',
  "(f x)",
  "rec ",
  "a.",
  "[ { q = 1; } ]",
  "let q = 2; in ",
  "inherit x;",
  "roles.\n",
);

test("each version of a session, and what is tried in between, is the tree of a fresh parse", () => {
  const kept = { nodes: 0, all: 0, tried: 0 };
  const one = fc.record({ at: fc.nat(), text: whole, isAtLineEnd: fc.boolean() });
  const place = (
    current: string,
    { at, text, isAtLineEnd }: { at: number; text: string; isAtLineEnd: boolean },
  ) => {
    const { start } = change(current, { at, length: 0, text });
    const lineEnd = isAtLineEnd ? current.indexOf("\n", start) : -1;
    return lineEnd < 0 ? start : lineEnd;
  };
  const step = fc.record({
    edited: fc.array(one, { minLength: 1, maxLength: 2 }),
    tried: one,
    isFirst: fc.boolean(),
  });
  const steps = fc.array(step, { minLength: 2, maxLength: 8 });
  const expectFresh = (source: Source) => {
    expect(plainTree(source)).toBe(plainTree(parseNix(parser, "/x.nix", source.text)));
    expect(nodesOf(source).every((node) => node.source === source)).toBe(true);
  };
  fc.assert(
    fc.property(steps, (more) => {
      const document = new NixDocument(parser, "/x.nix", text);
      try {
        expectFresh(document.source);
        let before = new Set(nodesOf(document.source));
        for (const { edited, tried, isFirst } of more) {
          const undo: TextChange[] = [];
          for (const each of edited) {
            const start = place(document.text, each);
            document.edit([{ start, end: start, text: each.text }]);
            undo.unshift({ start, end: start + each.text.length, text: "" });
          }
          // As completion does, which may come before anybody has asked for the tree.
          if (!isFirst) expectFresh(document.source);
          const start = place(document.text, tried);
          const other = document.tried(
            document.text.slice(0, start) + tried.text + document.text.slice(start),
          );
          if (other !== undefined) {
            kept.tried++;
            expectFresh(other());
            expectFresh(document.source);
            expectFresh(other());
          }
          expectFresh(document.source);
          const nodes = nodesOf(document.source);
          kept.nodes += nodes.filter((node) => before.has(node)).length;
          kept.all += nodes.length;
          before = new Set(nodes);
          // As people do. What comes after a mistake goes on from what was before it.
          if (document.source.problems.length > 0) document.edit(undo);
        }
      } finally {
        document.dispose();
      }
    }),
    { numRuns: 60 },
  );
  expect(kept.nodes).toBeGreaterThan(kept.all / 50);
  expect(kept.tried).toBeGreaterThan(20);
});

test("all nodes but those around an edit are the same objects, at their new places", () => {
  const code = "{ pkgs, ... }: {\n  a = { b = [ 1 2 ]; c.d = pkgs.x; };\n  e = ''\n    text\n  '';\n}\n";
  const document = new NixDocument(parser, "/x.nix", code);
  const before = nodesOf(document.source);
  const at = code.indexOf("1 2");
  document.edit([{ start: at, end: at, text: "10 " }]);
  const after = new Set(nodesOf(document.source));
  const gone = before.filter((node) => !after.has(node)).map(({ kind }) => kind);
  // From the file down to the list and its elements; the attribute names beside them are of the bindings.
  expect(gone).toEqual([
    "lambda",
    "attrset",
    "binding",
    "attrset",
    "binding",
    "attr-name",
    "list",
    "int",
    "int",
  ]);
  const e = [...after].find((node) => node.kind === "binding" && node.path[0]?.name === "e");
  expect(e && document.text.slice(e.start, e.end)).toBe("e = ''\n    text\n  '';");
  document.dispose();
});

function nodesOf({ root }: Source): Node[] {
  const nodes: Node[] = [];
  walk(root, (node) => nodes.push(node));
  return nodes;
}

test("a long session of edits neither crashes nor grows", () => {
  const document = new NixDocument(parser, "/x.nix", text);
  const session = (edits: number) => {
    for (let i = 0; i < edits; i++) {
      const at = (i * 37) % text.length;
      document.edit([{ start: at, end: at, text: "x" }]);
      if (document.source.root === undefined) throw new Error("no tree");
      document.edit([{ start: at, end: at + 1, text: "" }]);
    }
  };
  session(300);
  const before = process.memoryUsage();
  session(2_000);
  const after = process.memoryUsage();
  expect(document.text).toBe(text);
  // Wasm memory shows as external; a tree left behind at each edit would add some 100 MB.
  expect(after.external - before.external).toBeLessThan(32e6);
  document.dispose();
});
