import fc from "fast-check";
import { expect, test } from "vitest";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { printAttrName, printString } from "../../../server/src/syntax/quote.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();

test.each([
  ["web", "web"],
  ["web-1'", "web-1'"],
  ["a b", '"a b"'],
  ["1web", '"1web"'],
  ["in", '"in"'],
  ["or", '"or"'],
  ["", '""'],
  ["${x}", '"\\${x}"'],
])("the name %j is written %s", (name, written) => {
  expect(printAttrName(name)).toBe(written);
});

// Nix has no strings with a NUL, and reads a CR as it is written only with an escape.
const anyString = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\0", ""));
const awkward = fc
  .array(fc.constantFrom("$", "{", "}", '"', "\\", "\n", "\r", "\t", "n", "'", "é"), { maxLength: 8 })
  .map((chars) => chars.join(""));

test("what is written is read back", () => {
  fc.assert(
    fc.property(fc.oneof(anyString, awkward), (text) => {
      const source = parseNix(parser, "/x.nix", `{ a.${printAttrName(text)} = ${printString(text)}; }`);
      expect(source.problems).toEqual([]);
      const binding = source.root.kind === "attrset" ? source.root.bindings[0] : undefined;
      if (binding?.kind !== "binding" || binding.value.kind !== "string") throw new Error("no binding");
      expect(binding.path.at(-1)?.name).toBe(text);
      expect(binding.value.parts.map((part) => (part.kind === "text" ? part.text : "?")).join("")).toBe(text);
    }),
  );
});
