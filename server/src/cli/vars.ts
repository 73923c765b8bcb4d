/**
 * `clan-ls vars [DIR]`: the generators of each machine, in the order clan runs them, with their files,
 * dependencies and what is on disk of them.
 *
 *   { "version": 1, "machines": { "web": { "generators": [ { "name": "ca", "state": "generated", … } ] } }, "orphans": [ ], "unknown": [ ] }
 */
import type { Clan, UnknownPart } from "../clan/model.ts";
import { inDependencyOrder } from "../clan/vars/dependency-order.ts";
import type { Generator, GeneratorState, MachineVars } from "../clan/vars/model.ts";
import { relativePath } from "../nix/path.ts";
import { chooseClan, openClans } from "./open-clans.ts";
import { chooseFormat, parseOptions, takeOverrides } from "./options.ts";
import { Positions } from "./report/report.ts";
import type { Terminal } from "./terminal.ts";
import { jsonUnknown } from "./unknown-part.ts";

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

function machinesOf(clan: Clan): MachineVars[] {
  return [...clan.machines.known.keys()].map((machine) => clan.vars.of(machine));
}

/** What `--format json` prints. */
export function varsJson(clan: Clan, root: string, positions: Positions) {
  const machines = machinesOf(clan).map(({ machine, generators }) => [
    machine,
    {
      generators: inDependencyOrder(generators.known).map((generator) =>
        jsonGenerator(generator, clan.vars.state(generator)),
      ),
    },
  ]);
  return {
    version: 1,
    machines: Object.fromEntries(machines),
    orphans: clan.vars.orphans().map(({ path, generator, machine }) => ({
      path: relativePath(path, root),
      generator,
      machine: machine ?? null,
    })),
    unknown: collectUnknown(clan).map((part) => jsonUnknown(part, root, positions)),
  };
}

/** `null` stands for what is not known. */
function jsonGenerator(generator: Generator, { status, files }: GeneratorState) {
  const { name, share, conditional, origin, prompts, dependencies } = generator;
  return {
    name,
    share: share ?? null,
    conditional,
    origin,
    dependencies: [...dependencies.known.keys()],
    files: Object.fromEntries(
      [...generator.files.known.values()].map((file) => [
        file.name,
        {
          secret: file.secret ?? null,
          deploy: file.deploy ?? null,
          exists: files.get(file.name)?.exists ?? null,
        },
      ]),
    ),
    prompts: Object.fromEntries(
      [...prompts.known.values()].map(({ name: prompt, type, persist }) => [
        prompt,
        { type: type ?? null, persist: persist ?? null },
      ]),
    ),
    state: status,
  };
}

/** The sets of generators, files and dependencies that may hold more than is seen. */
function collectUnknown(clan: Clan): UnknownPart[] {
  const found = clan.vars.open === undefined ? [] : [clan.vars.open];
  for (const { machine, generators } of machinesOf(clan)) {
    const sets = [...generators.known.values()].flatMap(({ files, prompts, dependencies }) => [
      files,
      prompts,
      dependencies,
    ]);
    for (const { open } of [generators, ...sets])
      if (open !== undefined) found.push({ ...open, path: `machines.${machine}.${open.path}` });
  }
  return found;
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
