/**
 * `clan-ls diff [REV]`: the machines that what has changed since a revision of git concerns, and why.
 *
 *   { "version": 1, "rev": "4dea42a…", "machines": { "web": { "reasons": [ { "what": "tag", … } ] } }, "unaffected": [ "db" ], "unknown": [ ] }
 */
import type { Affected } from "../features/affected/affected.ts";
import { affectedJson, affectedSince } from "./affected-since.ts";
import { chooseClan, openClans } from "./open-clans.ts";
import { chooseFormat, parseOptions, takeOverrides } from "./options.ts";
import type { Terminal } from "./terminal.ts";

export async function runDiff(args: readonly string[], terminal: Terminal): Promise<number> {
  const { rest, overrides } = takeOverrides(args);
  const { values, positionals } = parseOptions(rest, { format: { type: "string" } }, 2);
  const format = chooseFormat(values.format, ["text", "json"]);
  const [revision = "HEAD", folder] = positionals;
  const opened = await openClans(folder, terminal, overrides);
  const clan = chooseClan(opened);
  const { snapshot, evaluate } = opened;
  const { rev, affected } = affectedSince(revision, clan, snapshot, evaluate, terminal);
  if (format === "text") terminal.print(toText(affected, rev));
  else terminal.print(`${JSON.stringify(affectedJson(affected, rev, clan, snapshot), undefined, 2)}\n`);
  return 0;
}

function toText({ machines, unaffected, unknown }: Affected, rev: string): string {
  const lines: string[] = [];
  for (const [machine, reasons] of machines) {
    lines.push(machine);
    for (const { what, path, file } of reasons)
      lines.push(`  ${what} ${path}${file === "" || file === path ? "" : ` (${file})`}`);
  }
  if (machines.size === 0) lines.push(`No machine is affected by what has changed since ${rev}.`);
  else if (unaffected.length > 0) lines.push(`not affected: ${unaffected.join(", ")}`);
  for (const { path, reason } of unknown) lines.push(`${path} is not known: ${reason}`);
  return lines.map((line) => `${line}\n`).join("");
}
