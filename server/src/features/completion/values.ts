/**
 * Candidates for a value, from its option's type.
 *
 *   machineClass = ▮;    ->   "darwin", "nixos"
 *   module.name = "▮";   ->   the names of services
 *   extraModules = [ ▮ ] ->   ./backup.nix, ./modules/
 */
import { alternativesOf } from "../../modules/inner-types.ts";
import type { OptionType } from "../../modules/option-type.ts";
import { printString } from "../../syntax/quote.ts";
import { type OptionPlace, placeMeaning } from "../option-place.ts";
import type { Query } from "../query.ts";
import { type Candidate, code, word } from "./candidate.ts";
import { collectNamed } from "./named.ts";
import { collectWholePaths } from "./paths.ts";

/** `place` is that of the marker, which stands for the value. */
export function collectValues(place: OptionPlace, query: Query): Candidate[] {
  return place.option.type === undefined ? [] : valuesOf(place.option.type, place, query);
}

function valuesOf(type: OptionType, place: OptionPlace, query: Query): Candidate[] {
  return alternativesOf(type).flatMap((one) => ownValues(one, place, query));
}

/** Without those of the types inside it that its values may have. */
function ownValues(type: OptionType, place: OptionPlace, query: Query): Candidate[] {
  switch (type.kind) {
    case "bool":
      return [code("true"), code("false")].map((text) => ({ kind: "value", text, rank: 1 }));
    case "enum":
      return type.values.map((value) => ({
        kind: "value",
        text: typeof value === "string" ? word(value) : code(String(value)),
        rank: 1,
      }));
    case "str": {
      const meaning = type.meaning ?? placeMeaning(place);
      return meaning === undefined ? [] : [...collectNamed(meaning, place)];
    }
    case "path":
      return collectWholePaths(query.snapshot, query.path);
    case "deferredModule":
      return [...collectWholePaths(query.snapshot, query.path), empty("{ }")];
    case "nullOr":
      return [{ kind: "value", text: code("null"), rank: 9 }];
    case "submodule":
    case "attrsOf":
    case "settings":
      return [empty("{ }")];
    case "listOf":
      return [...elementsOf(type.of, place, query), empty("[ ]")];
    default:
      return [];
  }
}

/** Lists with one element; of lists in lists none. */
function elementsOf(type: OptionType, place: OptionPlace, query: Query): Candidate[] {
  return alternativesOf(type)
    .filter(({ kind }) => kind !== "listOf")
    .flatMap((one) => ownValues(one, place, query))
    .flatMap(inList);
}

/** Brackets to write in. */
function empty(brackets: "{ }" | "[ ]"): Candidate {
  return { kind: "value", text: code(brackets), stub: brackets.replace(" ", " $0 "), rank: 5 };
}

/** A value where a list of such values is expected; a folder is only the beginning of one. */
function inList(candidate: Candidate): Candidate[] {
  const { kind, value } = candidate.text;
  if (candidate.kind === "folder" || (kind === "code" && candidate.stub !== undefined)) return [];
  return [
    { ...candidate, stub: undefined, text: code(`[ ${kind === "word" ? printString(value) : value} ]`) },
  ];
}
