import * as fc from "fast-check";
import { expect, test } from "vitest";
import { changeBetween } from "../../../server/src/syntax/change.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 40 });

test("what is the same before and behind a change is as much as can be", () => {
  fc.assert(
    fc.property(text, text, text, text, (start, before, after, end) => {
      const [old, fresh] = [start + before + end, start + after + end];
      const change = changeBetween(old, fresh);
      expect(
        old.slice(0, change.start) + fresh.slice(change.start, change.newEnd) + old.slice(change.oldEnd),
      ).toBe(fresh);
      const [a, b] = [old.slice(change.start, change.oldEnd), fresh.slice(change.start, change.newEnd)];
      if (a !== "" && b !== "") {
        expect(a[0]).not.toBe(b[0]);
        expect(a.at(-1)).not.toBe(b.at(-1));
      }
    }),
  );
});

test.each([
  ["", "", { start: 0, oldEnd: 0, newEnd: 0 }],
  ["{ a = 1; }", "{ a = 10; }", { start: 7, oldEnd: 7, newEnd: 8 }],
  ["aa", "aaa", { start: 2, oldEnd: 2, newEnd: 3 }],
  ["x", "", { start: 0, oldEnd: 1, newEnd: 0 }],
])("%j to %j", (before, after, change) => {
  expect(changeBetween(before, after)).toEqual(change);
});
