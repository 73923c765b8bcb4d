import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../../../server/src/rules/index.ts";
import { findingTexts } from "../helpers/check.ts";

const directory = new URL("../../../docs/rules/", import.meta.url);
const codes = rules.map(({ code }) => code).sort();

function page(code: string): string {
  return readFileSync(new URL(`${code}.md`, directory), "utf8");
}

function snippet(code: string, kind: "wrong" | "right"): string {
  const found = new RegExp(`^\`\`\`nix ${kind}\\n(.*?)^\`\`\``, "ms").exec(page(code));
  return found?.[1] ?? expect.fail(`${code}.md has no "${kind}" snippet`);
}

test("every rule has a page, and every page a rule", () => {
  const pages = readdirSync(directory).filter((name) => name !== "README.md");
  expect(pages.map((name) => name.replace(/\.md$/, "")).sort()).toEqual(codes);
});

test.each(codes)("%s: the wrong snippet is found, and nothing else is", async (code) => {
  const found = await findingTexts(snippet(code, "wrong"));
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((text) => !text.startsWith(`${code}: `))).toEqual([]);
});

test.each(codes)("%s: the right snippet has no findings", async (code) => {
  expect(await findingTexts(snippet(code, "right"))).toEqual([]);
});

test.each(rules.map((rule) => [rule.code, rule] as const))(
  "%s: the page names severity and silencing",
  (code, rule) => {
    expect(page(code)).toContain(`\n\`${code}\` · ${rule.severity}\n`);
    expect(page(code)).toContain(`# clan-ls: ignore ${code}`);
  },
);

test("the list of rules", async () => {
  const lines = rules.map(
    ({ code, severity, summary }) => `| [\`${code}\`](${code}.md) | ${severity} | ${summary} |`,
  );
  const text = `# Rules

What \`clan-ls check\` and the editor report. **error**: Nix or the clan command refuses it. **warning**: it is
accepted and surely not meant. **information**: worth knowing. Where a set of names is not fully known,
nothing is reported about names in it.

| code | severity | when |
|---|---|---|
${lines.join("\n")}

## Silencing

\`# clan-ls: ignore unknown-role\` at the end of a line, or alone on the line above it, silences the findings of
that code in the line; several codes are separated by commas, and without a code all are silenced.
\`# clan-ls: ignore-file unknown-role\` anywhere silences them in the whole file.
`;
  await expect(text).toMatchFileSnapshot(`${directory.pathname}README.md`);
});
