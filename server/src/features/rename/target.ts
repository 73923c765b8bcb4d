/**
 * What a rename at the cursor is about: the word, and all things that the same words name.
 *
 *   nodes = { we▮b = { }; };  machines = nodes;  instances = mapAttrs … nodes   ->   machine web and instance web
 */
import type { Clan } from "../../clan/model.ts";
import { relativePath } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Node } from "../../syntax/ast.ts";
import { type Entity, entityKey } from "../entity.ts";
import type { OccurrenceTables } from "../occurrences.ts";
import { clansAround, type Query, type Range } from "../query.ts";
import { findOccurrencesAt } from "../references.ts";
import { type Refusal, refused, refuseEntity } from "./refusal.ts";

export interface RenameTarget {
  readonly kind: "target";
  readonly name: string;
  readonly clan: Clan;
  /** All of that name. */
  readonly entities: readonly Entity[];
}

/** Undefined where nothing stands that has a name in the clan. */
export function findRenameTarget(
  query: Query,
  tables: OccurrenceTables,
): (RenameTarget & { /** The word under the cursor. */ readonly range: Range }) | Refusal | undefined {
  const inFile = (clan: Clan) => tables.inFile(clan, query.snapshot, query.path);
  const occurrences = findOccurrencesAt(query, inFile).filter(({ entity }) => entity.kind !== "path");
  const [first] = occurrences;
  if (first === undefined) return findComputedAt(query, tables);
  const { start, end, entity } = first;
  const { clan } = entity;
  if (occurrences.some((each) => each.entity.clan !== clan)) return refused("It is part of several clans.");
  const named = occurrences.slice(1).map((each) => each.entity);
  const target = linkedTarget([entity, ...named], query.snapshot, tables);
  return target.kind === "refused" ? target : { ...target, range: { start, end } };
}

/** Of things of one clan and one name, at least one; refused if one that is linked to them has to keep its name. */
export function linkedTarget(
  begin: readonly [Entity, ...Entity[]],
  snapshot: Snapshot,
  tables: OccurrenceTables,
): RenameTarget | Refusal {
  const [{ clan, name }] = begin;
  const entities = linkedEntities(clan, snapshot, tables, begin);
  for (const each of entities) {
    const reason = refuseEntity(each);
    if (reason !== undefined) return refused(reason);
  }
  return { kind: "target", name, clan, entities };
}

function findComputedAt(query: Query, tables: OccurrenceTables): Refusal | undefined {
  for (const clan of clansAround(query))
    for (const { entity, node } of computedNames(clan, tables))
      if (node.source.path === query.path && node.start <= query.offset && query.offset <= node.end)
        return refused(showComputed(entity, node));
  return undefined;
}

/** What is written by the same words, directly or by way of others. */
function linkedEntities(
  clan: Clan,
  snapshot: Snapshot,
  tables: OccurrenceTables,
  begin: readonly Entity[],
): readonly Entity[] {
  // Things that are linked have one name: it is the word that names them.
  const names = new Set(begin.map(({ name }) => name));
  const all = tables
    .everywhere(clan, snapshot, names)
    .filter(({ entity, sure }) => sure && entity.kind !== "path");
  const found = new Map<string, Entity>();
  const pending = [...begin];
  for (let entity = pending.pop(); entity !== undefined; entity = pending.pop()) {
    const key = entityKey(entity);
    if (found.has(key)) continue;
    found.set(key, entity);
    const words = new Set(all.filter((each) => entityKey(each.entity) === key).map(wordKey));
    pending.push(...all.filter((each) => words.has(wordKey(each))).map((each) => each.entity));
  }
  return [...found.values()];
}

export function wordKey({ path, start }: { readonly path: string; readonly start: number }): string {
  return `${path}:${start}`;
}

/** Why one of the things keeps its name when all words of it are changed; undefined if none is computed. */
export function findComputed(
  clan: Clan,
  entities: readonly Entity[],
  tables: OccurrenceTables,
): string | undefined {
  const keys = new Set(entities.map(entityKey));
  const found = computedNames(clan, tables).find(({ entity }) => keys.has(entityKey(entity)));
  return found && showComputed(found.entity, found.node);
}

function computedNames(clan: Clan, tables: OccurrenceTables) {
  return [...tables.of(clan).computed, ...tables.varsOf(clan).computed];
}

function showComputed({ clan, name }: Entity, { source, start, end }: Node): string {
  const line = source.text.slice(0, start).split("\n").length;
  const text = source.text.slice(start, Math.min(end, start + 60)).split("\n")[0];
  return `The name \`${name}\` is computed in ${relativePath(source.path, clan.root)}, line ${line}, by \`${text}\`: change that instead.`;
}
