/**
 * Candidates for a name in an attribute path: the options declared there, or names with a meaning.
 *
 *   inventory.machines.web.▮    ->   tags, deploy, machineClass, …
 *   roles.peer.machines.▮       ->   the clan's machines
 */
import type { Option } from "../../modules/option-type.ts";
import { describeOption } from "../describe.ts";
import { attributesOf, isForMachines, type OptionPlace, optionsOf, settingPath } from "../option-place.ts";
import { optionInBrief } from "../type-words.ts";
import { type Candidate, word } from "./candidate.ts";
import { collectNamed } from "./named.ts";
import { offersValues } from "./value-stub.ts";

const ranks = { required: 0, usual: 2, other: 6, rare: 8, set: 12 };

/** `place` is that of the marker, which stands for the name. */
export function collectNames(place: OptionPlace): Candidate[] {
  const type = place.parent?.type;
  if (type === undefined) return [];
  const declared = new Map([...(optionsOf(type)?.options ?? []), ...(place.parent?.declared?.options ?? [])]);
  const free = attributesOf(type);
  const named = free?.keyMeaning === undefined ? [] : collectNamed(free.keyMeaning, place);
  return [
    ...[...declared].filter(isOffered).map(([name, option]) => optionCandidate(name, option, place)),
    ...named.map((candidate) => ({
      ...candidate,
      type: free?.of,
      rank: isSet(candidate.text.value, place) ? ranks.set : candidate.rank,
    })),
  ];
}

function isOffered([, option]: [string, Option]): boolean {
  return option.internal !== true && option.removed === undefined && option.readOnly !== true;
}

function optionCandidate(name: string, option: Option, place: OptionPlace): Candidate {
  const { parent, settings } = place;
  const path = [...(parent?.path ?? []), name];
  const isMachine = settings !== undefined && isForMachines(settings, [...settingPath(parent), name]);
  return {
    kind: settings === undefined ? "option" : "setting",
    text: word(name),
    detail: optionInBrief(option),
    documentation: () => describeOption(path, option.type, option),
    rank: optionRank(name, option, place),
    type: option.type,
    offersNext: isMachine || offersValues(option.type),
    deprecated: option.deprecated !== undefined,
  };
}

/** What is set comes last, but a group can be set in parts. */
function optionRank(name: string, option: Option, place: OptionPlace): number {
  const isGroup = optionsOf(option.type) !== undefined || attributesOf(option.type) !== undefined;
  const rank = option.required ? ranks.required : option.usual === true ? ranks.usual : otherRank(option);
  if (!isSet(name, place)) return rank;
  return isGroup ? rank + 1 : ranks.set;
}

function otherRank({ deprecated, rare }: Option): number {
  return deprecated !== undefined || rare === true ? ranks.rare : ranks.other;
}

/** By what somebody wrote: clan itself sets much of `meta` and `inventory`. */
function isSet(name: string, { clan, option, parent, settings }: OptionPlace): boolean {
  const root = settings?.tree ?? clan.tree;
  // An option that lasts knows no more of its parent than the place.
  const around = option.lasts ? root.at(...option.path.slice(root.path.length, -1)) : parent;
  return around?.child(name)?.definitions.some(({ keys }) => keys.length > 0) === true;
}
