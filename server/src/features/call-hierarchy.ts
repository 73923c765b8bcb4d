/**
 * The graph of generators as a call hierarchy: a generator calls those it depends on, and is called by those that
 * depend on it.
 *
 *   generators.leaf.dependencies = [ "ca" ];   ->   leaf -> ca, from the word "ca"
 */
import type { Clan } from "../clan/model.ts";
import { place } from "../rules/parts/place.ts";
import type { Node } from "../syntax/ast.ts";
import type { Location } from "./definition.ts";
import { generatorsOf } from "./entity.ts";
import type { OccurrenceTables } from "./occurrences.ts";
import { clansAround, type Query } from "./query.ts";

export interface GeneratorItem {
  readonly clan: Clan;
  readonly name: string;
  /** Its name where it is defined first. */
  readonly location: Location;
  /** Machines that have it, sorted. */
  readonly machines: readonly string[];
}

export interface GeneratorCall {
  /** At the other end: who depends on the generator, or whom it depends on. */
  readonly item: GeneratorItem;
  /** The words that say so. */
  readonly places: readonly Location[];
}

/** The generator the word at the cursor names or belongs to; one for each clan that has it. */
export function prepareGenerators(query: Query, tables: OccurrenceTables): GeneratorItem[] {
  return clansAround(query).flatMap((clan) => {
    const here = tables
      .shownIn(clan, query.snapshot, query.path)
      .filter(({ start, end }) => start <= query.offset && query.offset <= end);
    const names = here.flatMap(({ entity }) => {
      if (entity.kind === "generator") return [entity.name];
      return entity.kind === "generator-file" || entity.kind === "prompt" ? [entity.generator] : [];
    });
    return [...new Set(names)].flatMap((name) => findGenerator(clan, name) ?? []);
  });
}

/** Undefined where there is none of that name, or it is written in no file at hand. */
function findGenerator(clan: Clan, name: string): GeneratorItem | undefined {
  const generators = generatorsOf(clan, name);
  const [origin] = generators.flatMap(({ origins }) => origins);
  const machines = generators.map(({ machine }) => machine);
  return origin && { clan, name, location: place(origin), machines };
}

/** Who depends on the generator, by name. */
export function findDependents(clan: Clan, name: string): GeneratorCall[] {
  const words = new Words();
  for (const machine of clan.machines.known.keys())
    for (const { name: dependent, dependencies } of clan.vars.of(machine).generators.known.values()) {
      const dependency = dependencies.known.get(name);
      if (dependency !== undefined) words.add(dependent, dependency.origins);
    }
  return words.calls(clan);
}

/** Whom the generator depends on, by name. */
export function findDependencies(clan: Clan, name: string): GeneratorCall[] {
  const words = new Words();
  for (const { dependencies } of generatorsOf(clan, name))
    for (const dependency of dependencies.known.values()) words.add(dependency.name, dependency.origins);
  return words.calls(clan);
}

/** The words that make an edge, by the generator at its other end. */
class Words {
  private readonly found = new Map<string, Set<Node>>();

  add(generator: string, words: readonly Node[]): void {
    this.found.set(generator, new Set([...(this.found.get(generator) ?? []), ...words]));
  }

  calls(clan: Clan): GeneratorCall[] {
    return [...this.found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, words]) => {
        const item = findGenerator(clan, name);
        return item === undefined ? [] : [{ item, places: [...words].map(place) }];
      });
  }
}
