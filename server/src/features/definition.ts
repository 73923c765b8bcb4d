/**
 * Definition: where what the word under the cursor names is written.
 *
 *   roles.peer.machines.we▮b = { };   ->   inventory.machines.web
 */
import { place } from "../rules/place.ts";
import type { Node } from "../syntax/ast.ts";
import { declarationsOf } from "./entity.ts";
import type { Query, Range } from "./query.ts";
import { findSubjects, type Subject } from "./subject.ts";

export interface Location extends Range {
  readonly path: string;
}

/** Each place once; empty where nothing is known, or what is named comes without source. */
export function findDefinitions(query: Query): Location[] {
  const nodes = new Set(findSubjects(query)?.subjects.flatMap(definingNodes));
  return [...nodes].map(place);
}

function definingNodes({ at, entity }: Subject): readonly Node[] {
  return entity === undefined ? (at.option.option?.declared ?? []) : declarationsOf(entity);
}
