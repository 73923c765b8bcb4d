/**
 * Candidates for a value, from its option's type.
 *
 *   machineClass = ▮;    ->   "darwin", "nixos"
 *   module.name = "▮";   ->   the names of services
 */
import type { OptionType } from "../../modules/option-type.ts";
import { printString } from "../../syntax/quote.ts";
import { innerTypes, type OptionPlace } from "../option-place.ts";
import { type Candidate, code, word } from "./candidate.ts";
import { collectNamed } from "./named.ts";

/** `place` is that of the marker, which stands for the value. */
export function collectValues(place: OptionPlace): Candidate[] {
  return place.option.type === undefined ? [] : valuesOf(place.option.type, place);
}

function valuesOf(type: OptionType, place: OptionPlace): Candidate[] {
  switch (type.kind) {
    case "bool":
      return [code("true"), code("false")].map((text) => ({ kind: "value", text, rank: 1 }));
    case "enum":
      return type.values.map((value) => ({
        kind: "value",
        text: typeof value === "string" ? word(value) : code(String(value)),
        rank: 1,
      }));
    case "str":
      return type.meaning === undefined ? [] : [...collectNamed(type.meaning, place)];
    case "nullOr":
      return [...valuesOf(type.of, place), { kind: "value", text: code("null"), rank: 9 }];
    case "listOf":
      return valuesOf(type.of, place).map(inList);
    default:
      return innerTypes(type).flatMap((inner) => valuesOf(inner, place));
  }
}

/** A value where a list of such values is expected. */
function inList(candidate: Candidate): Candidate {
  const { kind, value } = candidate.text;
  return { ...candidate, text: code(`[ ${kind === "word" ? printString(value) : value} ]`) };
}
