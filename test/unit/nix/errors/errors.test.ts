/** Failures say what Nix says, and where. The table is held against Nix itself by `npm run conformance -- --errors`. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ourError, readErrorTable, saysTheSame } from "../../helpers/error-table.ts";
import { testParser } from "../../helpers/parse.ts";

const directory = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");
const cases = readErrorTable(`${directory}/cases.txt`);
const parser = await testParser();

describe("as Nix", () => {
  it.each(cases.filter(({ ours }) => ours === undefined))("$expression", ({ expression, nix }) => {
    const ours = ourError(parser, directory, expression);
    expect(saysTheSame(ours, nix) ? nix : ours).toBe(nix);
  });
});

describe("otherwise, on purpose", () => {
  it.each(cases.filter(({ ours }) => ours !== undefined))("$expression", ({ expression, nix, ours }) => {
    expect(ourError(parser, directory, expression)).toBe(ours);
    expect(saysTheSame(ours, nix)).toBe(false);
  });
});

it("the exceptions are few", () => {
  const same = cases.filter(({ ours }) => ours === undefined);
  expect(same.length / cases.length).toBeGreaterThan(0.95);
});
