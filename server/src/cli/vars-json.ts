/** What `clan-ls vars --format json` prints. */
import type { Clan, UnknownPart } from "../clan/model.ts";
import { inDependencyOrder } from "../clan/vars/dependency-order.ts";
import type { Generator, GeneratorState, MachineVars } from "../clan/vars/model.ts";
import { relativePath } from "../nix/path.ts";
import type { Positions } from "./report/report.ts";
import { jsonUnknown } from "./unknown-part.ts";

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

export function machinesOf(clan: Clan): MachineVars[] {
  return [...clan.machines.known.keys()].map((machine) => clan.vars.of(machine));
}
