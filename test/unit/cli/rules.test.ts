import { expect, test } from "vitest";
import { rules } from "../../../server/src/rules/all.ts";
import { clanLs } from "./terminal.ts";

test("text: a line a rule, in columns", async () => {
  const { code, out } = await clanLs(["rules"]);
  const lines = out.trimEnd().split("\n");
  expect([code, lines.length]).toEqual([0, rules.length]);
  expect(lines[4]).toMatch(
    /^unknown-role {2,}error {2,}The service of an instance has no role of that name\.$/,
  );
  expect(
    new Set(lines.map((line) => line.search(/(?<= {2})(error|warning|information|hint) {2}/))).size,
  ).toBe(1);
});

test("json", async () => {
  const { code, out } = await clanLs(["rules", "--format", "json"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    version: 1,
    rules: rules.map(({ code, severity, summary }) => ({ code, severity, summary })),
  });
});

test.each([
  [["rules", "--format", "sarif"], "there is no format sarif; there are: text, json"],
  [["rules", "somewhere"], "Unexpected argument 'somewhere'"],
])("bad usage: %j", async (args, message) => {
  expect(await clanLs(args)).toMatchObject({ code: 2, out: "", err: expect.stringContaining(message) });
});
