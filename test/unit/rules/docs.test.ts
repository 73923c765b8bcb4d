import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rulePage, rulesModule, rulesPage } from "../../../scripts/lib/rule-pages.mjs";
import { rules } from "../../../server/src/rules/all.ts";
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
  "%s: the page has its head and its end as they are generated",
  (code, rule) => {
    expect(page(code)).toBe(rulePage(rule, page(code)));
  },
);

test("a new rule gets a page that is to be filled in, and what is filled in stays", () => {
  const rule = { code: "new-thing", severity: "warning", summary: "Something new." };
  const fresh = rulePage(rule, undefined);
  expect(fresh).toMatch(/^# New thing\n\n`new-thing` · warning\n\nSomething new\.\n/);
  const filled = fresh.replace("Something new.", "More about it.").replace("# New thing", "# A new thing");
  expect(rulePage({ ...rule, severity: "error" }, filled)).toBe(filled.replace("· warning", "· error"));
});

test("the list of rules", () => {
  expect(readFileSync(new URL("README.md", directory), "utf8")).toBe(rulesPage(rules));
});

test("each rule is one file, and in the list", () => {
  const folder = new URL("../../../server/src/rules/", import.meta.url);
  const list = readFileSync(new URL("all.ts", folder), "utf8");
  const files = readdirSync(folder).flatMap((file) => {
    const text = file.endsWith(".ts") ? readFileSync(new URL(file, folder), "utf8") : "";
    const name = /^export const (\w+): Rule = \{$/m.exec(text)?.[1];
    return name === undefined ? [] : [{ file: file.replace(/\.ts$/, ""), name }];
  });
  expect(files.map(({ file }) => file).sort()).toEqual(codes);
  expect(list).toBe(
    rulesModule(files.sort((a, b) => list.indexOf(`  ${a.name},`) - list.indexOf(`  ${b.name},`))),
  );
});
