/** A file that is not read says so itself, once: Nix may well read it, so it is no mistake. */
import { expect, test } from "vitest";
import { findingsOf } from "../helpers/check.ts";
import { fixtureRoot } from "../helpers/clan.ts";

const clan = "{ inventory.machines.web = { }; machines.web = ./web.nix; }";

test.each([
  ["open brackets", `# a machine\n{ a = ${"[".repeat(20_001)}`, "with 20002 brackets open at once", 11],
  ["open brackets on one line", "{a=".repeat(20_001), "with 20001 brackets open at once", 200],
  ["names", `\n[ ${"a ".repeat(400_000)}]`, "a file of 400002 names, numbers and signs", 200],
  ["characters", `{ x = "${"a".repeat(4_000_001)}"; }`, "a file of 4000012 characters", 200],
])("too many %s", async (_, text, reason, end) => {
  const found = await findingsOf(
    new Map([
      ["/clan.nix", clan],
      ["/web.nix", text],
    ]),
  );
  const { finding } = found[0] ?? expect.fail("nothing is said");
  expect(found).toHaveLength(1);
  expect(finding).toMatchObject({
    path: `${fixtureRoot}/web.nix`,
    code: "syntax-error",
    severity: "information",
  });
  expect(finding.message).toMatch(/^Nothing is said about this file: /);
  expect(finding.message).toContain(reason);
  expect([finding.start, finding.end]).toEqual([0, end]);
});

test("a clan that is not read, either", async () => {
  const text = `{ inventory.machines = ${"{a=".repeat(20_001)}`;
  const found = await findingsOf(new Map([["/clan.nix", text]]));
  expect(found.map(({ finding: { severity, code } }) => `${severity} ${code}`)).toEqual([
    "information syntax-error",
  ]);
});
