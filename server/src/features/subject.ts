/**
 * What the word under the cursor stands for in the clan: a machine, a role, a setting, … Hover, definition and
 * code actions all begin here.
 *
 *   tags = [ "s▮rv" ]   ->   the tag srv, as an element of inventory.machines.web.tags
 */

import { place } from "../rules/parts/place.ts";
import type { Node } from "../syntax/ast.ts";
import { nodesAt } from "../syntax/navigate.ts";
import { type Entity, entityAt } from "./entity.ts";
import { collectMachineOptions } from "./machine-options.ts";
import { collectPlaces, type OptionPlace } from "./option-place.ts";
import { clansAround, type Query, type Range } from "./query.ts";

export interface Subject {
  readonly at: OptionPlace;
  /** Undefined where it is just an option, or the value of one. */
  readonly entity: Entity | undefined;
}

export interface SubjectsAt {
  /** The word, without its quotes. */
  readonly range: Range;
  /** One for each place the word stands in. */
  readonly subjects: readonly Subject[];
}

/** Undefined where no word stands, or the word has no part in a clan. */
export function findSubjects(query: Query): SubjectsAt | undefined {
  const source = query.snapshot.source(query.path);
  if (source === undefined) return undefined;
  const node = nodesAt(source, query.offset).findLast(isWord);
  if (node === undefined) return undefined;
  const inClan = collectPlaces(clansAround(query), node);
  const places = inClan.length > 0 ? inClan : collectMachineOptions(query, node);
  const subjects = places.map((at) => ({ at, entity: entityAt(at, node) }));
  return subjects.length === 0 ? undefined : { range: place(node), subjects };
}

function isWord(node: Node): boolean {
  switch (node.kind) {
    case "attr-name":
    case "identifier":
    case "string":
    case "int":
    case "float":
    case "path":
      return true;
    default:
      return false;
  }
}
