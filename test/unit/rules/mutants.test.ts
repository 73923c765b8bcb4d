/** Mutants of small clans, one for each way to write one. */
import { expect, test } from "vitest";
import { checkMutants, clans, recorded } from "./check-mutants.ts";

const examples = ["homelab", "nix-config"];

test.each(clans.filter(({ name }) => !examples.includes(name)))("$name", checkMutants);

test("there are enough of them, of both verdicts", () => {
  expect(recorded.length).toBeGreaterThanOrEqual(500);
  expect(recorded.filter((verdict) => verdict.at(-1) === "accepted").length).toBeGreaterThan(100);
});
