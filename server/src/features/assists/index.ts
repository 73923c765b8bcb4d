/**
 * All assists, and those that apply at a cursor. A new one is a file beside this, its tests, and a line here.
 *
 *   collectAssists(query)   ->   [ Add role `peer`, Write the tags as a set, … ]
 */
import { nodesAt } from "../../syntax/navigate.ts";
import { readsWell } from "../checked-edits.ts";
import { collectPlaces } from "../option-place.ts";
import { clansAround, type Query } from "../query.ts";
import { findSubjects } from "../subject.ts";
import { addMachine } from "./add-machine.ts";
import { addRole } from "./add-role.ts";
import type { Assist, AssistContext, Proposal } from "./assist.ts";
import { extractInstance } from "./extract-instance.ts";
import { machinesToTag } from "./machines-to-tag.ts";
import { flattenSet, nestPath } from "./nest-path.ts";
import { removeInstance } from "./remove-instance.ts";
import { removeMachine } from "./remove-machine.ts";
import { tagMachine } from "./tag-machine.ts";
import { tagToMachines } from "./tag-to-machines.ts";
import { tagsForm } from "./tags-form.ts";

const assists: readonly Assist[] = [
  addRole,
  addMachine,
  tagMachine,
  machinesToTag,
  tagToMachines,
  tagsForm,
  extractInstance,
  nestPath,
  flattenSet,
  removeMachine,
  removeInstance,
];

export interface OfferedAssist extends Proposal {
  readonly assist: Assist;
}

/** In the order of the list. Empty in a file no clan reads, and in JSON. */
export function collectAssists(query: Query): OfferedAssist[] {
  const context = contextAt(query);
  if (context === undefined) return [];
  return assists
    .flatMap((assist) => assist.collect(context).map((proposal) => ({ ...proposal, assist })))
    .filter(({ edits, creates }) => readsWell(query.snapshot, edits, creates));
}

function contextAt(query: Query): AssistContext | undefined {
  const source = query.snapshot.source(query.path);
  // Half-written code is not what it seems.
  if (source === undefined || source.language !== "nix" || source.problems.length > 0) return undefined;
  const clans = clansAround(query);
  const nodes = nodesAt(source, query.offset);
  return {
    query,
    nodes,
    subjects: findSubjects(query)?.subjects ?? [],
    around: [...nodes].reverse().flatMap((node) => collectPlaces(clans, node)),
  };
}
