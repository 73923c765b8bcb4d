/**
 * `clan-ls check [DIR]`: all rules over the clans at a folder.
 *
 *   runCheck(["examples/homelab"], terminal)  ->  0 without an error, 1 with one
 */
import { collectFindings } from "../features/findings.ts";
import { openClans } from "./open-clans.ts";
import { chooseFormat, parseOptions, takeOverrides } from "./options.ts";
import { reportGithub } from "./report/github.ts";
import { reportJson } from "./report/json.ts";
import type { Report } from "./report/report.ts";
import { reportSarif } from "./report/sarif.ts";
import { reportText } from "./report/text.ts";
import type { Terminal } from "./terminal.ts";

const formats: Readonly<Record<string, (report: Report) => string>> = {
  text: reportText,
  json: reportJson,
  sarif: reportSarif,
  github: reportGithub,
};

export async function runCheck(args: readonly string[], terminal: Terminal): Promise<number> {
  const { rest, overrides } = takeOverrides(args);
  const { values, positionals } = parseOptions(rest, { format: { type: "string" } }, 1);
  const format = chooseFormat(values.format, ["text", "json", "sarif", "github"]);
  const { root, snapshot, clans, projectFiles } = await openClans(positionals[0], terminal, overrides);
  const findings = collectFindings(snapshot, clans, projectFiles);
  const read = new Set([...projectFiles, ...clans.flatMap((clan) => [...clan.files])]);
  const files = [...read].filter((path) => snapshot.fileType(path) === "regular").length;
  const unknown = clans.flatMap((clan) => clan.unknown).length;
  const { cwd, color, version } = terminal;
  terminal.print(formats[format]?.({ root, snapshot, findings, files, unknown, cwd, color, version }) ?? "");
  return findings.some((finding) => finding.severity === "error") ? 1 : 0;
}
