/** What mends a broken file: each fix leaves a file with one mistake less. */
import { expect, test } from "vitest";
import { checkSource } from "../../../server/src/rules/index.ts";
import { applyEdits } from "../helpers/edits.ts";
import { queryAtCursor } from "../helpers/feature.ts";

async function mended(code: string): Promise<Record<string, string>> {
  const { query } = await queryAtCursor(`#- /clan/x.nix\n${code}$0`);
  const found = query.snapshot.source(query.path);
  if (found === undefined) throw new Error("no source");
  const { text } = found;
  const findings = checkSource(found, query.snapshot);
  const after: Record<string, string> = {};
  for (const { fixes = [] } of findings)
    for (const { title, edits } of fixes) {
      const changed = applyEdits(text, edits);
      after[title] = changed.trimEnd();
      const snapshot = query.snapshot.with(query.path, changed);
      const left = checkSource(snapshot.source(query.path) as typeof found, snapshot);
      expect(left.length, `${title}: ${changed}`).toBeLessThan(findings.length);
    }
  return after;
}

test.each([
  ["{ a = 1 }", { "Insert `;`": "{ a = 1; }" }],
  ["{\n  a = 1\n  b = 2;\n}", { "Insert `;`": "{\n  a = 1;\n  b = 2;\n}" }],
  ["{\n  a = { b = 1; } # why\n  c = 2;\n}", { "Insert `;`": "{\n  a = { b = 1; }; # why\n  c = 2;\n}" }],
  ["{ inherit a }", { "Insert `;`": "{ inherit a; }" }],
  ["let x = 1 in x", { "Insert `;`": "let x = 1; in x" }],
  ["{ a = 1, b = 2; }", { "Change to `;`": "{ a = 1; b = 2; }" }],
  ["{ a: 1; }", { "Change to `=`": "{ a = 1; }" }],
  ["{ a : 1; }", { "Change to `=`": "{ a = 1; }" }],
  ["{ a = [ 1, 2 ]; }", { "Remove the `,`": "{ a = [ 1 2 ]; }" }],
  ["{ a = 1; }}", { "Remove the `}`": "{ a = 1; }" }],
  ["{ a = 1); }", { "Remove the `)`": "{ a = 1; }" }],
  ["{ x y }: x", { "Insert `,`": "{ x, y }: x" }],
])("%s", async (code, expected) => {
  expect(await mended(code)).toEqual(expected);
});

test.each(["{ a = ; }", "{ a b; }", "let x = 1; x", "if true then 1", '{ a = "x; }', "{ a = if then; }"])(
  "nothing is offered where more than one thing could be meant: %s",
  async (code) => {
    expect(await mended(code)).toEqual({});
  },
);
