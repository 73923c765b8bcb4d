/**
 * Code lenses above a generator: making its files, and what there is of them.
 *
 *   generators.ca = { … };   ->   Generate for 2 machines | Regenerate… | 3 files: 2 generated, 1 missing
 */
import type { Clan } from "../clan/model.ts";
import { place } from "../rules/parts/place.ts";
import type { CodeLens } from "./code-lenses.ts";
import { generatorsOf } from "./entity.ts";
import { GeneratorFiles } from "./generator-files.ts";
import { clansAround, type Query, type Range } from "./query.ts";

/** Above each generator, where the file names it first. */
export function collectGeneratorLenses(query: Omit<Query, "offset">): CodeLens[] {
  // To know that no machine has a file, all have to be evaluated.
  if (query.snapshot.source(query.path)?.text.includes("generators") !== true) return [];
  return clansAround(query).flatMap((clan) => {
    const files = new GeneratorFiles(clan);
    return [...placesIn(clan, query.path)].flatMap(([name, range]) => lensesOf(clan, name, range, files));
  });
}

function placesIn(clan: Clan, path: string): ReadonlyMap<string, Range> {
  const found = new Map<string, Range>();
  for (const vars of clan.vars.machinesReading(path))
    for (const { name, origins } of vars.generators.known.values())
      for (const at of origins.map(place)) {
        const known = found.get(name);
        if (at.path === path && (known === undefined || at.start < known.start)) found.set(name, at);
      }
  return found;
}

function lensesOf(clan: Clan, generator: string, range: Range, files: GeneratorFiles): CodeLens[] {
  const all = generatorsOf(clan, generator);
  const machines = all.map(({ machine }) => machine);
  const exist = [...files.of(all).values()].filter((exists) => exists !== undefined);
  const run = { kind: "generator" as const, clan, machines, generator, replaces: files.replaced(all) };
  const [only] = machines;
  const target = machines.length === 1 ? only : `${machines.length} machines`;
  const declared = all.flatMap((one) => [...one.files.known.values()]);
  const places = [...new Set(declared.flatMap(({ origins }) => origins))];
  const regenerate = { range, title: "Regenerate…", action: { ...run, command: "regenerateVars" as const } };
  return [
    { range, title: `Generate for ${target}`, action: { ...run, command: "generateVars" } },
    ...(exist.includes(true) ? [regenerate] : []),
    ...(exist.length > 0
      ? [{ range, title: summary(exist), action: { kind: "places" as const, places: places.map(place) } }]
      : []),
  ];
}

/** "3 files: 2 generated, 1 missing" */
function summary(exist: readonly boolean[]): string {
  const there = exist.filter((exists) => exists).length;
  const missing = exist.length - there;
  const parts = [
    ...(there > 0 ? [`${there} generated`] : []),
    ...(missing > 0 ? [`${missing} missing`] : []),
  ];
  return `${exist.length} file${exist.length === 1 ? "" : "s"}: ${parts.join(", ")}`;
}
