/** The findings as JSON: one object, version 1; lines and UTF-16 characters from 0. */
import { relativePath } from "../../nix/path.ts";
import { jsonRange, Positions, type Report } from "./report.ts";

export function reportJson({ root, snapshot, findings }: Report): string {
  const positions = new Positions(snapshot);
  const diagnostics = findings.map((finding) => ({
    file: relativePath(finding.path, root),
    range: jsonRange(finding, positions),
    severity: finding.severity,
    code: finding.code,
    message: finding.message,
  }));
  return `${JSON.stringify({ version: 1, root, diagnostics }, undefined, 2)}\n`;
}
