/**
 * References: every place that names what the word under the cursor names, in all files of the clan.
 *
 *   inventory.machines.we▮b = { };   ->   roles.peer.machines.web, self.nixosConfigurations.web, …
 */
import { entityKey } from "./entity.ts";
import { inOrder, type Occurrence, type OccurrenceTables } from "./occurrences.ts";
import { clansAround, type Query } from "./query.ts";

/** What stands at the cursor, once for each thing it names: a word can be part of several instances. */
export function findOccurrencesAt(query: Query, tables: OccurrenceTables): Occurrence[] {
  const { snapshot, path, offset } = query;
  const found = clansAround(query).flatMap((clan) =>
    tables.inFile(clan, snapshot, path).filter(({ start, end }) => start <= offset && offset <= end),
  );
  // Of a path that holds a machine's folder, the folder is meant when the cursor is on it.
  const shortest = Math.min(...found.map(({ start, end }) => end - start));
  return found.filter(({ start, end }) => end - start === shortest);
}

/** Sorted by file and place, each place once. */
export function findReferences(query: Query, tables: OccurrenceTables): Occurrence[] {
  return sameThings(query, tables, (clan) => tables.everywhere(clan, query.snapshot));
}

/** Those in the cursor's own file. */
export function findHighlights(query: Query, tables: OccurrenceTables): Occurrence[] {
  return sameThings(query, tables, (clan) => tables.inFile(clan, query.snapshot, query.path));
}

function sameThings(
  query: Query,
  tables: OccurrenceTables,
  among: (clan: Occurrence["entity"]["clan"]) => readonly Occurrence[],
): Occurrence[] {
  const meant = findOccurrencesAt(query, tables).map(({ entity }) => entity);
  const keys = new Set(meant.map(entityKey));
  const found = new Map<string, Occurrence>();
  for (const clan of new Set(meant.map((entity) => entity.clan)))
    for (const each of among(clan))
      if (keys.has(entityKey(each.entity))) found.set(`${each.path}:${each.start}`, each);
  return [...found.values()].sort(inOrder);
}
