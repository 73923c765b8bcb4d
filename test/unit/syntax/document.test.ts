import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Source } from "../../../server/src/syntax/ast.ts";
import { NixDocument, type TextChange } from "../../../server/src/syntax/document.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();
const text = readFileSync(new URL("../../fixtures/grammar/ok/module.nix", import.meta.url), "utf8");

/** The tree without its references to the source, to be compared. */
function plain(source: Source): string {
  return JSON.stringify({ root: source.root, problems: source.problems }, (key, value) =>
    key === "source" ? undefined : value,
  );
}

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
        expect(plain(document.source)).toBe(plain(parseNix(parser, "/x.nix", document.text)));
      } finally {
        document.dispose();
      }
    }),
    { numRuns: 500 },
  );
});

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
