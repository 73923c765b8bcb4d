import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { testParser } from "../helpers/parse.ts";
import { withCarets, withoutCarets } from "../helpers/problem-carets.ts";
import { sketch } from "../helpers/sketch.ts";

const parser = await testParser();
const corpus = new URL("../../fixtures/grammar/", import.meta.url);
const grammar = new URL("../../../grammar/", import.meta.url);

function files(folder: string): [string, string][] {
  return readdirSync(new URL(folder, corpus)).map((name) => [
    name,
    readFileSync(new URL(`${folder}/${name}`, corpus), "utf8"),
  ]);
}

test("the committed wasm is the one its hash was written for", () => {
  const bytes = readFileSync(new URL("tree-sitter-nix.wasm", grammar));
  const written = readFileSync(new URL("tree-sitter-nix.wasm.sha256", grammar), "utf8").split(" ")[0];
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(written);
});

test.each(files("ok"))("%s has no problem", (name, text) => {
  expect(parseNix(parser, `/${name}`, text).problems).toEqual([]);
});

/** Cases of the form `== title`, code with its problems as carets, `--`, the tree. */
function cases(file: string): [string, string, string][] {
  return file
    .split(/^== /m)
    .slice(1)
    .map((section) => {
      const [, title = "", code = "", tree = ""] = /^(.*)\n([\s\S]*)\n--\n(.*)\n/.exec(section) ?? [];
      return [title, code, tree];
    });
}

describe.each(files("trees"))("%s", (_, file) => {
  test.each(cases(file))("%s", (_title, annotated, tree) => {
    const text = withoutCarets(annotated);
    const source = parseNix(parser, "/x.nix", text);
    expect(`${withCarets(text, source.problems)}\n--\n${sketch(source.root)}`).toBe(
      `${annotated}\n--\n${tree}`,
    );
  });
});
