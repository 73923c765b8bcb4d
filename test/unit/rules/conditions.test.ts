/** What we say of each condition that real Nix was asked about (test/conformance/conditions), and its table in the docs. */
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Condition, fixtureOf, reportedFor } from "../../conformance/conditions/condition.ts";
import { conditions } from "../../conformance/conditions/index.ts";
import { checkFindings, filesAfterFix, findingTexts } from "../helpers/check.ts";

const all = [...conditions.values()].flat();

test.each(all)("$title", async (condition) => {
  const fixture = fixtureOf(condition);
  await checkFindings(fixture);
  if (condition.fixed === undefined) return;
  const fixed = await filesAfterFix(fixture);
  expect(fixed).toContain(condition.fixed);
  expect(await findingTexts(fixed)).toEqual([]);
});

test("where Nix refuses and we are silent, it says why", () => {
  const silent = all.filter((one) => one.nix === "refused" && reportedFor(one).length === 0);
  expect(silent.filter(({ note }) => note === undefined)).toEqual([]);
});

test("where Nix accepts, nothing is an error unless it says why", () => {
  const errors = all.filter(
    (one) => one.nix !== "refused" && reportedFor(one).some((what) => what.startsWith("error")),
  );
  expect(errors.filter(({ note }) => note === undefined)).toEqual([]);
});

test("the table of conditions", async () => {
  const sections = [...conditions].map(
    ([title, some]) => `## ${title}

| when | clan | Clan for VS Code |
|---|---|---|
${some.map(row).join("\n")}
`,
  );
  const text = `# What is checked

Things one may write in a clan, what clan says when Nix evaluates it, and what the editor and
\`clan-ls check\` say. Each line is a small clan that real Nix was asked about (clan-core of August 2026), and
that the tests check. The codes have [pages of their own](rules/README.md).

${sections.join("\n")}`;
  await expect(text).toMatchFileSnapshot(
    fileURLToPath(new URL("../../../docs/conditions.md", import.meta.url)),
  );
});

function row(condition: Condition): string {
  const { title, nix, note } = condition;
  const ours = reportedFor(condition).map((what) => what.replace(/(\w+)\[(.+)\]/, "$1 [`$2`](rules/$2.md)"));
  return `| ${title} | ${nix} | ${ours.join(", ") || "nothing"}${note === undefined ? "" : ` (${note})`} |`;
}
