/**
 * The findings as GitHub's workflow commands, which annotate the lines of a pull request.
 *
 *   ::error file=clan.nix,line=3,endLine=3,col=5,endColumn=10,title=unknown-role::The service …
 */

import { relativePath } from "../../nix/path.ts";
import type { Severity } from "../../rules/finding.ts";
import { Positions, type Report } from "./report.ts";

const commands: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

/** Files are named from the working directory: a workflow's steps begin in the checkout. */
export function reportGithub({ findings, snapshot, cwd }: Report): string {
  const positions = new Positions(snapshot);
  return findings
    .map((finding) => {
      const { start, end } = positions.range(finding);
      const properties = {
        file: relativePath(finding.path, cwd),
        line: start.line + 1,
        endLine: end.line + 1,
        col: start.column + 1,
        endColumn: end.column + 1,
        title: finding.code,
      };
      const shown = Object.entries(properties).map(
        ([name, value]) => `${name}=${escapeProperty(String(value))}`,
      );
      return `::${commands[finding.severity]} ${shown.join(",")}::${escapeData(finding.message)}\n`;
    })
    .join("");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
