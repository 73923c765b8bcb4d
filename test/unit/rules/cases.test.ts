/**
 * Clans as people write them, with one mistake each or none: what real Nix and clan say of it was settled by hand, and is
 * told here at its line. A file of test/fixtures/cases is a clan; its lines `#! clan.nix:3 error unknown-role` are the
 * errors and warnings it has.
 */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingLines } from "../helpers/check.ts";

const folder = new URL("../../fixtures/cases/", import.meta.url);

test.each(readdirSync(folder).sort())("%s", async (name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  const wanted = [...text.matchAll(/^#! (.*)$/gm)].map(([, line]) => line);
  expect(await findingLines(text.replace(/^#! .*\n+/gm, ""))).toEqual(wanted.sort());
});
