/**
 * CHANGELOG.md: one section for each version, the newest first. What is not released yet says so.
 *
 *   ## 0.2.0 (unreleased)   ->   ## 0.2.0 (2026-11-29)
 */

/** The text with the version released on `date`, and what its section says. Throws where there is no such section. */
export function releaseSection(text, version, date) {
  const heading = `## ${version} (unreleased)`;
  const lines = text.split("\n");
  const at = lines.indexOf(heading);
  if (at < 0) throw new Error(`CHANGELOG.md has no section \`${heading}\``);
  const next = lines.findIndex((line, index) => index > at && line.startsWith("## "));
  const notes = lines
    .slice(at + 1, next < 0 ? undefined : next)
    .join("\n")
    .trim();
  if (notes === "") throw new Error(`CHANGELOG.md says nothing below \`${heading}\``);
  return { text: lines.with(at, `## ${version} (${date})`).join("\n"), notes: `${notes}\n` };
}
