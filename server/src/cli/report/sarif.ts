/** The findings as SARIF 2.1.0, which code scanning services read. Lines and columns from 1. */

import { relativePath } from "../../nix/path.ts";
import { rules } from "../../rules/all.ts";
import type { Severity } from "../../rules/finding.ts";
import { type Place, Positions, type Report } from "./report.ts";

const levels: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

export function reportSarif({ root, snapshot, findings, version, documentation }: Report): string {
  const positions = new Positions(snapshot);
  const location = (place: Place) => {
    const { start, end } = positions.range(place);
    return {
      physicalLocation: {
        artifactLocation: { uri: encodeURI(relativePath(place.path, root)), uriBaseId: "CLAN" },
        region: {
          startLine: start.line + 1,
          startColumn: start.column + 1,
          endLine: end.line + 1,
          endColumn: end.column + 1,
        },
      },
    };
  };
  const run = {
    tool: {
      driver: {
        name: "clan-ls",
        version,
        rules: rules.map(({ code, summary, severity }) => ({
          id: code,
          shortDescription: { text: summary },
          ...(documentation === undefined ? {} : { helpUri: `${documentation}rules/${code}.md` }),
          defaultConfiguration: { level: levels[severity] },
        })),
      },
    },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { CLAN: { uri: encodeURI(`file://${root}/`) } },
    results: findings.map((finding) => ({
      ruleId: finding.code,
      level: levels[finding.severity],
      message: { text: finding.message },
      locations: [location(finding)],
      relatedLocations: (finding.related ?? []).map((related) => ({
        ...location(related),
        message: { text: related.message },
      })),
    })),
  };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
