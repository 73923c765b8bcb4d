import { expect, test } from "vitest";
import { isOldNixpkgs } from "../../../../server/src/features/adopt/nixpkgs-age.ts";
import { evaluateFlake } from "../../../../server/src/project/flake.ts";
import { nativeLib } from "../../../../server/src/project/native-lib.ts";
import { fixtureRoot, snapshotOf } from "../../helpers/clan.ts";

const day = (text: string): number => Date.parse(text) / 1000;

test.each([
  ["nixos-unstable", "2025-11-20", true],
  ["nixos-unstable", "2025-11-25", false],
  // Of a release the name says which it is, however new its last commit.
  ["nixos-25.05", "2026-01-01", true],
  ["nixos-25.11", "2025-11-10", false],
  ["nixpkgs-25.11-darwin", "2025-12-01", false],
  [undefined, undefined, false],
])("%s of %s: old %s", async (ref, date, isOld) => {
  const original = { type: "github", owner: "NixOS", repo: "nixpkgs", ...(ref === undefined ? {} : { ref }) };
  const locked = { ...original, ...(date === undefined ? {} : { lastModified: day(date) }) };
  const lock = {
    version: 7,
    root: "root",
    nodes: { root: { inputs: { nixpkgs: "n" } }, n: { original, locked } },
  };
  const snapshot = await snapshotOf(
    new Map([
      ["/flake.nix", '{ inputs.nixpkgs.url = "github:NixOS/nixpkgs"; outputs = _: { }; }'],
      ["/flake.lock", JSON.stringify(lock)],
    ]),
  );
  const { inputs } = evaluateFlake(snapshot, fixtureRoot, { lib: nativeLib, natives: [] });
  expect(isOldNixpkgs(inputs)).toBe(isOld);
});
