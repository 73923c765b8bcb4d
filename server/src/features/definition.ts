/**
 * Definition: where what the word under the cursor names is written.
 *
 *   roles.peer.machines.we▮b = { };   ->   inventory.machines.web
 */
import { place } from "../rules/place.ts";
import type { Node } from "../syntax/ast.ts";
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

function definingNodes(subject: Subject): readonly Node[] {
  const { clan, option } = subject.at;
  switch (subject.kind) {
    case "machine":
      return subject.machine?.origins ?? [];
    case "tag":
      return clan.tags.known.get(subject.name)?.origins ?? [];
    case "input": {
      const input = clan.inputs.known.get(subject.name);
      return input === undefined ? [] : [input];
    }
    case "instance":
      return subject.instance.option.definitions.flatMap((definition) => definition.keys);
    case "role":
      return subject.declared?.declared ?? [];
    case "service":
      return subject.service.declared;
    case "option":
      return option.option?.declared ?? [];
  }
}
