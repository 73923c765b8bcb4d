/**
 * The view "Vars": each generator, the machines that have it, and their files with what there is of them.
 *
 *   wifi  missing on web · 2 machines
 *     web  missing
 *       password  secret, missing
 */
import type { ClanSummary, GeneratorSummary, VarsSummary } from "../../../shared/requests.ts";
import { listed } from "../listed.ts";
import { entriesByClan, type TreeEntry, unknownEntry } from "./entry.ts";
import { fileNotes, generatorEntry, isMissing } from "./generator-entries.ts";

/** The vars of the machines of a clan, by the machines' names. */
export type VarsByMachine = ReadonlyMap<string, VarsSummary>;

/** Generators in order of their names. `varsOf`: by the clan's root. */
export function varsTree(
  clans: readonly ClanSummary[],
  varsOf: ReadonlyMap<string, VarsByMachine>,
): readonly TreeEntry[] {
  return entriesByClan(clans, ({ root }) => {
    const parent = `${root}/vars`;
    const vars = varsOf.get(root) ?? new Map();
    const byName = generatorsByName(vars);
    const open = [...vars.values()].find((one) => one.open !== undefined)?.open;
    return [
      ...[...byName].map(([name, machines]) => generatorGroup(root, name, machines, parent)),
      ...unknownEntry("generators or files", open, parent),
    ];
  });
}

/** Names of the generators of which a file is missing on some machine. */
export function missingGenerators(rows: readonly TreeEntry[]): readonly string[] {
  return rows.flatMap((row) =>
    row.kind === "generators"
      ? row.icon === missingIcon
        ? [row.label]
        : []
      : missingGenerators(row.children ?? []),
  );
}

const missingIcon = "circle-outline";

type Machines = ReadonlyMap<string, GeneratorSummary>;

function generatorsByName(vars: VarsByMachine): readonly (readonly [string, Machines])[] {
  const byName = new Map<string, Map<string, GeneratorSummary>>();
  for (const [machine, { generators }] of vars)
    for (const generator of generators) {
      const machines = byName.get(generator.name) ?? new Map<string, GeneratorSummary>();
      byName.set(generator.name, machines.set(machine, generator));
    }
  return [...byName].sort(([one], [other]) => (one < other ? -1 : 1));
}

function generatorGroup(root: string, name: string, machines: Machines, parent: string): TreeEntry {
  const id = `${parent}/generators:${name}`;
  const missing = [...machines].filter(([, generator]) => isMissing(generator)).map(([machine]) => machine);
  const where =
    missing.length === 0
      ? []
      : [missing.length === machines.size ? "missing" : `missing on ${listed(missing)}`];
  const count = machines.size === 1 ? "1 machine" : `${machines.size} machines`;
  return {
    kind: "generators",
    id,
    label: name,
    description: [...where, count].join(" · "),
    tooltip: missing.length === 0 ? undefined : `Missing on ${missing.join(", ")}`,
    icon: missing.length === 0 ? "circle-filled" : missingIcon,
    place: [...machines.values()].find(({ place }) => place !== undefined)?.place,
    // What is missing is what somebody wants to generate.
    target: { root, machines: missing.length > 0 ? missing : [...machines.keys()] },
    children: [...machines].map(([machine, generator]) => ({
      ...generatorEntry(generator, `${id}/${machine}`, { root, machine }),
      label: machine,
      name,
      children: generator.files.map((file) => ({
        kind: "file",
        id: `${id}/${machine}/${file.name}`,
        label: file.name,
        description: fileNotes(file) || undefined,
        icon: file.secret === true ? "lock" : "file",
      })),
    })),
  };
}
