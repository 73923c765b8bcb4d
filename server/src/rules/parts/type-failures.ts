/**
 * What fails in a type that a setting is declared with, however deep: clan asks for all of it, as it makes a schema of the
 * settings of a role.
 *
 *   types.attrsOf (types.submodule { options.port = mkOption { type = types.prot; }; })   ->   attribute 'prot' missing
 */
import type { OptionType } from "../../modules/option-type.ts";
import type { Failure } from "../../nix/value.ts";

/** Types may hold themselves, made anew each time. */
const DEPTH = 8;

/** `seen`: types may hold one another many times. */
export function failuresIn(
  type: OptionType,
  depth = 0,
  seen: Set<OptionType> = new Set(),
): readonly Failure[] {
  if (depth > DEPTH || seen.has(type)) return [];
  seen.add(type);
  if (type.kind === "opaque") return type.failure === undefined ? [] : [type.failure];
  return partsOf(type).flatMap((part) => failuresIn(part, depth + 1, seen));
}

function partsOf(type: OptionType): readonly OptionType[] {
  switch (type.kind) {
    case "attrsOf":
    case "listOf":
    case "nullOr":
    case "unique":
      return [type.of];
    case "either":
      return type.of;
    case "submodule":
      return [...type.options.options.values()].map((option) => option.type);
    default:
      return [];
  }
}
