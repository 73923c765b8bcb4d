import fc from "fast-check";
import { expect, test } from "vitest";
import { type ColumnUnit, LineIndex } from "../../../server/src/syntax/line-index.ts";

test.each<[ColumnUnit, number, { line: number; column: number }]>([
  ["utf-16", 5, { line: 1, column: 3 }],
  ["utf-8", 5, { line: 1, column: 5 }],
  ["utf-32", 5, { line: 1, column: 2 }],
])("%s columns of offset %d in 'a\\n😀bé'", (unit, offset, expected) => {
  const index = new LineIndex("a\n😀bé");
  expect(index.position(offset, unit)).toEqual(expected);
  expect(index.offset(expected, unit)).toBe(offset);
});

test("LF, CR LF and CR end a line", () => {
  const index = new LineIndex("a\nb\r\nc\rd");
  expect([0, 1, 2, 3].map((line) => index.lineText(line))).toEqual(["a", "b", "c", "d"]);
  expect(index.lineCount).toBe(4);
});

test("a position outside the text is the nearest place inside it", () => {
  const index = new LineIndex("ab\nc");
  expect(index.offset({ line: 0, column: 99 })).toBe(2);
  expect(index.offset({ line: 9, column: 0 })).toBe(4);
  expect(index.position(99)).toEqual({ line: 1, column: 1 });
});

test("every offset comes back", () => {
  const texts = fc
    .array(fc.constantFrom("a", "é", "😀", "\n", "\r\n"), { maxLength: 30 })
    .map((t) => t.join(""));
  fc.assert(
    fc.property(texts, fc.constantFrom<ColumnUnit>("utf-8", "utf-16", "utf-32"), (text, unit) => {
      const index = new LineIndex(text);
      let offset = 0;
      for (const char of text) {
        if (!(char === "\n" && text[offset - 1] === "\r"))
          expect(index.offset(index.position(offset, unit), unit)).toBe(offset);
        offset += char.length;
      }
    }),
  );
});
