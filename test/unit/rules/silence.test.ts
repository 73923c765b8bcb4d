import { expect, test } from "vitest";
import type { Finding } from "../../../server/src/rules/finding.ts";
import { removeSilenced } from "../../../server/src/rules/run/silence.ts";

/** The codes left over of findings of codes a and b at every `x` of the text, as "code@line". */
function left(text: string): string[] {
  const findings = [...text.matchAll(/\bx\b/g)].flatMap(({ index }) =>
    ["a", "b"].map((code): Finding => {
      return { code, severity: "error", path: "/clan.nix", start: index, end: index + 1, message: "" };
    }),
  );
  return removeSilenced(findings, text).map(
    ({ code, start }) => `${code}@${text.slice(0, start).split("\n").length}`,
  );
}

test("a comment at the end of the line", () => {
  expect(left("x # clan-ls: ignore a\nx")).toEqual(["b@1", "a@2", "b@2"]);
});

test("a comment alone on the line above, and no further", () => {
  expect(left("  # clan-ls: ignore b\nx\nx")).toEqual(["a@2", "a@3", "b@3"]);
});

test("several codes, and all of them", () => {
  expect(left("x # clan-ls: ignore a, b")).toEqual([]);
  expect(left("x # clan-ls: ignore")).toEqual([]);
});

test("the whole file", () => {
  expect(left("x\nx\n# clan-ls: ignore-file a\r\nx")).toEqual(["b@1", "b@2", "b@4"]);
});

test("other comments silence nothing", () => {
  expect(left("x # clan-ls: ignored a")).toHaveLength(2);
  expect(left("x # please ignore a")).toHaveLength(2);
});
