/** The machines we name in each pair of states, beside those whose real evaluation differs. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { affectedPairs, editClan } from "../../conformance/affected-pairs.ts";
import { readPairClan } from "../../conformance/record-affected.ts";
import { affectedBetween } from "./check-affected.ts";

const root = process.cwd();
const before = readPairClan(root);
const truth: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync("test/fixtures/affected/truth.json", "utf8"),
);

test("each pair is recorded, and nothing else", () => {
  expect(Object.keys(truth)).toEqual(affectedPairs.map(({ name }) => name));
});

describe("machines whose real evaluation differs", () => {
  test.each(affectedPairs.map((pair) => [pair.name, pair] as const))(
    "%s",
    async (name, { edits, more = [] }) => {
      const absolute = (files: ReadonlyMap<string, string>) =>
        new Map([...files].map(([path, text]) => [`/${path}`, text]));
      const { machines, unknown } = await affectedBetween(
        absolute(before),
        absolute(editClan(before, edits)),
      );
      expect([...machines.keys()]).toEqual([...(truth[name] ?? []), ...more].sort());
      expect(unknown).toEqual([]);
    },
  );
});
