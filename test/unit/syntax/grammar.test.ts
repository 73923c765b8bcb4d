import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { walk } from "../../../server/src/syntax/navigate.ts";
import { testParser } from "../helpers/parse.ts";

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

test.each(files("err"))("%s keeps what is around its error", (name, text) => {
  const source = parseNix(parser, `/${name}`, text);
  expect(source.problems.length).toBeGreaterThan(0);
  const names: string[] = [];
  walk(source.root, (node) => {
    if (node.kind === "attr-name" && node.name !== undefined) names.push(node.name);
  });
  expect(names).toContain("inventory");
  expect(names).toContain("machines");
  expect(names).toContain("web");
});
