#!/usr/bin/env node
/**
 * Finds the rules in server/src/rules, and writes their list, the heads and ends of their pages, the page that lists them, and
 * the setting with their severities. What a page explains is kept; a new rule gets a page to be filled in.
 *
 *   npm run generate:rules
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { importTypeScript } from "./lib/import-typescript.mjs";
import { root } from "./lib/paths.mjs";
import { say } from "./lib/process.mjs";
import { rulePage, ruleSettings, rulesModule, rulesPage } from "./lib/rule-pages.mjs";

const folder = path.join(root, "server/src/rules");
const list = path.join(folder, "all.ts");
const pages = path.join(root, "docs/rules");

const found = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .flatMap((name) => {
    const [, rule] =
      /^export const (\w+): Rule = \{$/m.exec(readFileSync(path.join(folder, name), "utf8")) ?? [];
    return rule === undefined ? [] : [{ file: name.replace(/\.ts$/, ""), name: rule }];
  });
// The list is read by people: its order is theirs, and what is new stands at its end.
const before = existsSync(list) ? readFileSync(list, "utf8") : "";
const place = ({ name }) => {
  const at = before.indexOf(`  ${name},`);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
};
found.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
writeFileSync(list, rulesModule(found));

const { rules } = await importTypeScript(`export { rules } from "./server/src/rules/all.ts";`);
for (const rule of rules) {
  const file = path.join(pages, `${rule.code}.md`);
  writeFileSync(file, rulePage(rule, existsSync(file) ? readFileSync(file, "utf8") : undefined));
}
writeFileSync(path.join(pages, "README.md"), rulesPage(rules));

const file = path.join(root, "package.json");
const manifest = JSON.parse(readFileSync(file, "utf8"));
manifest.contributes.configuration.properties["clan.rules"].properties = ruleSettings(rules);
writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
say(`wrote ${list}, ${pages} and ${file}`);
