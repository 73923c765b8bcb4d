/**
 * References: every place that names what the word under the cursor names, in all files of the clan.
 *
 *   inventory.machines.we▮b = { };   ->   roles.peer.machines.web, self.nixosConfigurations.web, …
 */
import type { Clan } from "../clan/model.ts";
import { entityKey } from "./entity.ts";
import { inOrder, type Occurrence, type OccurrenceTables } from "./occurrences.ts";
import { clansAround, type Query } from "./query.ts";

/** What stands at the cursor, once for each thing it names: a word can be part of several instances. */
export function findOccurrencesAt(query: Query, inFile: Search): Occurrence[] {
  const { offset } = query;
  const found = clansAround(query).flatMap((clan) =>
    inFile(clan).filter(({ start, end }) => start <= offset && offset <= end),
  );
  // Of a path that holds a machine's folder, the folder is meant when the cursor is on it.
  const shortest = Math.min(...found.map(({ start, end }) => end - start));
  return found.filter(({ start, end }) => end - start === shortest);
}

/** Sorted by file and place, each place once. */
export function findReferences(query: Query, tables: OccurrenceTables): Occurrence[] {
  const { snapshot, path } = query;
  const meant = findOccurrencesAt(query, (clan) => tables.inFile(clan, snapshot, path));
  // A folder can be meant by `./.`, which does not name it.
  const isPath = meant.some(({ entity }) => entity.kind === "path");
  const names = isPath ? undefined : new Set(meant.map(({ entity }) => entity.name));
  return sameThings(meant, (clan) => tables.everywhere(clan, snapshot, names));
}

/** Those in the cursor's own file that are surely meant: an editor asks whenever the cursor moves. */
export function findHighlights(query: Query, tables: OccurrenceTables): Occurrence[] {
  const inFile: Search = (clan) => tables.shownIn(clan, query.snapshot, query.path);
  return sameThings(findOccurrencesAt(query, inFile), inFile);
}

type Search = (clan: Clan) => readonly Occurrence[];

function sameThings(meant: readonly Occurrence[], search: Search): Occurrence[] {
  const keys = new Set(meant.map(({ entity }) => entityKey(entity)));
  const found = new Map<string, Occurrence>();
  for (const clan of new Set(meant.map(({ entity }) => entity.clan)))
    for (const each of search(clan))
      if (keys.has(entityKey(each.entity))) found.set(`${each.path}:${each.start}`, each);
  return [...found.values()].sort(inOrder);
}
