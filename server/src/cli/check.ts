/**
 * `clan-ls check [DIR]`: all rules over the clans at a folder.
 *
 *   runCheck(["examples/homelab"], terminal)  ->  0 without an error, 1 with one
 */
import type { Finding } from "../rules/finding.ts";
import { checkClan } from "../rules/index.ts";
import { openClans } from "./open-clans.ts";
import { chooseFormat, parseOptions } from "./options.ts";
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
  const { values, positionals } = parseOptions(args, { format: { type: "string" } }, 1);
  const format = chooseFormat(values.format, ["text", "json", "sarif", "github"]);
  const { root, snapshot, clans } = await openClans(positionals[0], terminal);
  const findings = sorted(clans.flatMap((clan) => checkClan(snapshot, clan)));
  const files = new Set(clans.flatMap((clan) => [...clan.files])).size;
  const { cwd, color, version } = terminal;
  terminal.print(formats[format]?.({ root, snapshot, findings, files, cwd, color, version }) ?? "");
  return findings.some((finding) => finding.severity === "error") ? 1 : 0;
}

/** By file, range and code; a file two clans share is reported once. */
function sorted(findings: readonly Finding[]): Finding[] {
  const key = ({ path, start, end, code }: Finding) => JSON.stringify([path, start, end, code]);
  const unique = new Map(findings.map((finding) => [key(finding), finding]));
  return [...unique.values()].sort(
    (a, b) => compare(a.path, b.path) || a.start - b.start || a.end - b.end || compare(a.code, b.code),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
