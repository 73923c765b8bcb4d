/**
 * `clan-ls vars [DIR]`: the generators of each machine, in the order clan runs them, with their files,
 * dependencies and what is on disk of them.
 *
 *   { "version": 1, "machines": { "web": { "generators": [ { "name": "ca", "state": "generated", … } ] } }, "orphans": [ ], "unknown": [ ] }
 */
import type { Clan } from "../clan/model.ts";
import { inDependencyOrder } from "../clan/vars/dependency-order.ts";
import type { Generator, GeneratorState } from "../clan/vars/model.ts";
import { relativePath } from "../nix/path.ts";
import { chooseClan, openClans } from "./open-clans.ts";
import { chooseFormat, parseOptions, takeOverrides } from "./options.ts";
import { Positions } from "./report/report.ts";
import type { Terminal } from "./terminal.ts";
import { machinesOf, varsJson } from "./vars-json.ts";

export async function runVars(args: readonly string[], terminal: Terminal): Promise<number> {
  const { rest, overrides } = takeOverrides(args);
  const { values, positionals } = parseOptions(rest, { format: { type: "string" } }, 1);
  const format = chooseFormat(values.format, ["text", "json"]);
  const opened = await openClans(positionals[0], terminal, overrides);
  const clan = chooseClan(opened);
  const { root } = opened;
  terminal.print(
    format === "json"
      ? `${JSON.stringify(varsJson(clan, root, new Positions(opened.snapshot)), undefined, 2)}\n`
      : toText(clan, root),
  );
  return 0;
}

function toText(clan: Clan, root: string): string {
  const lines: string[] = [];
  for (const { machine, generators } of machinesOf(clan)) {
    lines.push(machine);
    for (const generator of inDependencyOrder(generators.known))
      lines.push(...textGenerator(generator, clan.vars.state(generator)));
    if (generators.open !== undefined) lines.push(`  … perhaps others: ${generators.open.reason}`);
  }
  const orphans = clan.vars.orphans();
  if (orphans.length > 0) lines.push("left over, of no generator");
  for (const { path } of orphans) lines.push(`  ${relativePath(path, root)}`);
  return lines.map((line) => `${line}\n`).join("");
}

/** `  cert (shared, needs ca)  partly` and a line for each file. */
function textGenerator(generator: Generator, { status, files }: GeneratorState): string[] {
  const { name, share, conditional, dependencies } = generator;
  const notes = [
    ...(share === true ? ["shared"] : []),
    ...(conditional ? ["if its condition holds"] : []),
    ...(dependencies.known.size > 0 ? [`needs ${[...dependencies.known.keys()].join(", ")}`] : []),
  ];
  const shown = [...generator.files.known.values()].map((file) => {
    const exists = files.get(file.name)?.exists;
    const kind = file.secret === false ? "public" : file.secret === true ? "secret" : "public or secret";
    return `    ${file.name}  ${kind}, ${exists === undefined ? "not known" : exists ? "there" : "missing"}`;
  });
  return [`  ${name}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}  ${status}`, ...shown];
}
