/**
 * Completion: what could be written at the cursor, best first.
 *
 *   instances.zerotier.roles.▮   ->   controller, moon, peer
 *
 * The code is made whole with a marker at the cursor and evaluated; the marker then stands in the clan's
 * option tree, and the tree says what fits there. So it works behind `let`, `inherit`, `imports` and functions.
 */
import { collectMachineOptions } from "../machine-options.ts";
import { type Marked, placeMarker } from "../marker.ts";
import { collectPlaces, type OptionPlace } from "../option-place.ts";
import { findPathsGoneOn } from "../path-after-value.ts";
import { clansAround, type Query } from "../query.ts";
import { makeReached } from "../reached.ts";
import { collectArguments } from "./arguments.ts";
import type { Candidate } from "./candidate.ts";
import { findSkeleton } from "./empty-file.ts";
import { collectFlakeInputs } from "./flake-inputs.ts";
import { collectGivenNames } from "./given-names.ts";
import { type CompletionItem, toItem } from "./item.ts";
import { collectNames } from "./names.ts";
import { collectPaths, collectWholePaths } from "./paths.ts";
import { collectValues } from "./values.ts";
import { collectInherited, collectVariables } from "./variables.ts";
import { collectSelectedVars, collectVarsInScope } from "./vars-names.ts";
import { completeScript } from "./vars-script.ts";
import { collectWholeThings } from "./whole-things.ts";

/** Sorted; each label once. */
export function complete(query: Query): CompletionItem[] {
  try {
    return completeGoneOn(query) ?? completeHere(query);
  } finally {
    // Whoever else is at work on the text as it is finds all places as they were.
    query.snapshot.settle?.();
  }
}

/** `peer = { .ta▮ };` as `peer.ta▮`; accepting an item takes the brackets away. */
function completeGoneOn(query: Query): CompletionItem[] | undefined {
  const { snapshot, path, offset } = query;
  const source = snapshot.source(path);
  const gone = source?.language === "nix" ? findPathsGoneOn(source.text, offset) : [];
  if (source === undefined || gone.length === 0) return undefined;
  const meant = gone
    .flatMap(({ opened, closed }) => [opened, closed])
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), source.text);
  const inFront = gone.reduce((length, { opened }) => length + opened.end - opened.start, 0);
  const items = completeHere({ ...query, snapshot: snapshot.with(path, meant), offset: offset - inFront });
  // Inside of a value after the path, they stay: they go with another key.
  const here = gone.find(({ closed }) => closed.start === offset);
  return items.map(({ replace, ...item }) => {
    const { start, end } = { start: replace.start + inFront, end: replace.end + inFront };
    if (here === undefined) return { ...item, replace: { start, end } };
    return { ...item, replace: { start, end: here.closed.end }, remove: here.opened };
  });
}

function completeHere(query: Query): CompletionItem[] {
  const skeleton = findSkeleton(query);
  if (skeleton !== undefined) return [skeleton];
  const given = collectArguments(query);
  if (given?.isFunction === true) return toItems([given]);
  const inScript = completeScript(query);
  if (inScript !== undefined) return inScript;
  const { written: marked, selected } = placeMarker(query.snapshot, query.path, query.offset);
  if (marked !== undefined) {
    const candidates = [...collectCandidates(marked, query), ...collectVarsInScope(marked, query)];
    return toItems([{ candidates, marked }, ...(given === undefined ? [] : [given])]);
  }
  if (selected === undefined) return [];
  const names = collectGivenNames(query, selected);
  const candidates =
    names.length > 0 ? names : collectSelectedVars({ ...query, snapshot: selected.snapshot });
  return toItems([{ candidates, marked: selected }]);
}

/** What fits in one reading of the code. */
interface Reading {
  readonly candidates: readonly Candidate[];
  readonly marked: Marked;
}

function toItems(readings: readonly Reading[]): CompletionItem[] {
  const items = new Map<string, CompletionItem>();
  for (const { candidates, marked } of readings)
    for (const candidate of candidates) {
      const item = toItem(candidate, marked);
      if (item !== undefined && !items.has(item.label)) items.set(item.label, item);
    }
  return [...items.values()].sort((a, b) => (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0));
}

function collectCandidates(marked: Marked, query: Query): Candidate[] {
  const { folder } = marked.word;
  if (folder === "") return collectWholePaths(query.snapshot, query.path);
  if (folder !== undefined) return collectPaths(query.snapshot, query.path, folder);
  const inputs = collectFlakeInputs(marked, query.path);
  if (inputs !== undefined) return inputs;
  const holder = marked.ancestors.at(-1);
  const isPathBegin =
    holder?.kind === "binding" && holder.path[0] === marked.node && holder.path.length === 1;
  const fitting = findPlaces(marked, query).flatMap((place) => [
    ...(place.isName ? collectNames(place) : collectValues(place, query)),
    ...collectWholeThings(place, isPathBegin),
  ]);
  return collectInherited(marked, fitting) ?? [...fitting, ...collectVariables(marked)];
}

function findPlaces(marked: Marked, query: Query): readonly OptionPlace[] {
  const placesOf = ({ node, snapshot }: Marked): readonly OptionPlace[] => {
    const inClan = collectPlaces(clansAround({ ...query, snapshot }), node);
    return inClan.length > 0 ? inClan : collectMachineOptions(query, node, snapshot);
  };
  const places = placesOf(marked);
  const reached = places.length > 0 ? undefined : makeReached(marked);
  return reached === undefined ? places : placesOf(reached);
}
