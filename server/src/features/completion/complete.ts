/**
 * Completion: what could be written at the cursor, best first.
 *
 *   instances.zerotier.roles.▮   ->   controller, moon, peer
 *
 * The code is made whole with a marker at the cursor and evaluated; the marker then stands in the clan's
 * option tree, and the tree says what fits there. So it works behind `let`, `inherit`, `imports` and functions.
 */
import { collectMachineOptions } from "../machine-options.ts";
import { type Marked, placeMarker, placeSelectedMarker } from "../marker.ts";
import { collectPlaces, type OptionPlace } from "../option-place.ts";
import { clansAround, type Query } from "../query.ts";
import { switchOn } from "../switched-off.ts";
import { collectArguments } from "./arguments.ts";
import type { Candidate } from "./candidate.ts";
import { findSkeleton } from "./empty-file.ts";
import { collectFlakeInputs } from "./flake-inputs.ts";
import { collectGivenNames } from "./given-names.ts";
import { type CompletionItem, toItem } from "./item.ts";
import { collectNames } from "./names.ts";
import { collectPaths } from "./paths.ts";
import { collectValues } from "./values.ts";
import { collectVariables } from "./variables.ts";
import { collectSelectedVars, collectVarsInScope } from "./vars-names.ts";
import { completeScript } from "./vars-script.ts";

/** Sorted; each label once. Empty where the cursor stands in no clan's options. */
export function complete(query: Query): CompletionItem[] {
  const skeleton = findSkeleton(query);
  if (skeleton !== undefined) return [skeleton];
  const argument = collectArguments(query);
  if (argument !== undefined) return toItems(argument.candidates, argument.marked);
  const inScript = completeScript(query);
  if (inScript !== undefined) return inScript;
  const marked = placeMarker(query.snapshot, query.path, query.offset);
  if (marked !== undefined)
    return toItems([...collectCandidates(marked, query), ...collectVarsInScope(marked, query)], marked);
  const selected = placeSelectedMarker(query.snapshot, query.path, query.offset);
  if (selected === undefined) return [];
  const given = collectGivenNames(query, selected);
  const names = given.length > 0 ? given : collectSelectedVars({ ...query, snapshot: selected.snapshot });
  return toItems(names, selected);
}

function toItems(candidates: readonly Candidate[], marked: Marked): CompletionItem[] {
  const items = new Map<string, CompletionItem>();
  for (const candidate of candidates) {
    const item = toItem(candidate, marked);
    if (item !== undefined && !items.has(item.label)) items.set(item.label, item);
  }
  return [...items.values()].sort((a, b) => (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0));
}

function collectCandidates(marked: Marked, query: Query): Candidate[] {
  const { folder } = marked.word;
  if (folder !== undefined) return collectPaths(query.snapshot, query.path, folder);
  const inputs = collectFlakeInputs(marked, query.path);
  if (inputs !== undefined) return inputs;
  const places = placesOf(marked, query);
  return places.flatMap((place) => {
    const candidates = place.isName ? collectNames(place) : collectValues(place, query);
    return collectVariables(marked, candidates) ?? candidates;
  });
}

/** Where code is switched off, those it would have if it were not. */
function placesOf(marked: Marked, query: Query): readonly OptionPlace[] {
  const clans = clansAround({ ...query, snapshot: marked.snapshot });
  const inClan = collectPlaces(clans, marked.node);
  const places = inClan.length > 0 ? inClan : collectMachineOptions(query, marked.node, marked.snapshot);
  const on = places.length > 0 ? undefined : switchOn(marked);
  if (on === undefined) return places;
  const switchedOn = collectPlaces(clansAround({ ...query, snapshot: on.snapshot }), on.node);
  return switchedOn.length > 0 ? switchedOn : collectMachineOptions(query, on.node, on.snapshot);
}
