/**
 * What is written of the rules (server/src/rules) elsewhere: the list of their files, their pages and the page that lists
 * them, and the setting with their severities.
 *
 *   rulesModule([{ file: "unknown-tag", name: "unknownTag" }])   ->   'import { unknownTag } from "./unknown-tag.ts"; …'
 */

/** server/src/rules/all.ts; `files`: in the order the rules are listed in. */
export function rulesModule(files) {
  const imports = [
    ...files.map(({ file, name }) => [file, `import { ${name} } from "./${file}.ts";`]),
    ["rule", `import type { Rule } from "./rule.ts";`],
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  return `/** All rules. Written by \`npm run generate:rules\`, which finds them in the files of this folder. */
${imports.map(([, line]) => line).join("\n")}

export const rules: readonly Rule[] = [
${files.map(({ name }) => `  ${name},`).join("\n")}
];
`;
}

/** The page that lists all. */
export function rulesPage(rules) {
  const lines = rules.map(
    ({ code, severity, summary }) => `| [\`${code}\`](${code}.md) | ${severity} | ${summary} |`,
  );
  return `# Rules

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
}

/** A new rule's page up to now: the tests ask for both snippets. */
const unwritten = (summary) => `${summary}

## Wrong

\`\`\`nix wrong
{
}
\`\`\`

## Right

\`\`\`nix right
{
}
\`\`\`
`;

/** A rule's page. What it explains is written by hand, and kept: \`page\` is the page as it is, undefined for a new rule. */
export function rulePage({ code, severity, summary }, page) {
  const title = code[0].toUpperCase() + code.slice(1).replaceAll("-", " ");
  const [, written] = /^#[^\n]*\n\n`[^\n]*\n\n(.*?)\n## Silencing\n/s.exec(page ?? "") ?? [];
  return `${/^# .*/.exec(page ?? "")?.[0] ?? `# ${title}`}

\`${code}\` · ${severity}

${written ?? unwritten(summary)}
## Silencing

\`# clan-ls: ignore ${code}\` at the end of the line or alone on the line above it, or
\`# clan-ls: ignore-file ${code}\` anywhere in the file.
`;
}

const levels = ["error", "warning", "information", "hint", "off"];

/** The properties of the setting `clan.rules`. */
export function ruleSettings(rules) {
  return Object.fromEntries(
    rules.map(({ code, severity, summary }) => [
      code,
      { enum: levels, description: `${summary} (${severity})` },
    ]),
  );
}
