/**
 * The types a value may have by its option's type: one place that sees through `nullOr`, `unique`, `either` and `coercedTo`.
 *
 *   alternativesOf(nullOr (either (listOf str) int))   ->   itself, the either, listOf str, int
 */
import type { OptionType } from "./option-type.ts";

/** The types a value may have instead of one that says so; empty for all others. */
function innerTypes(type: OptionType): readonly OptionType[] {
  switch (type.kind) {
    case "nullOr":
    case "unique":
      return [type.of];
    case "either":
      return type.of;
    case "coercedTo":
      return [type.to, type.from];
    default:
      return [];
  }
}

/** The type with all inside it that its values may have, from the outside in. Each once: types may hold one another many times. */
export function alternativesOf(type: OptionType): readonly OptionType[] {
  if (innerTypes(type).length === 0) return [type];
  const found = new Set<OptionType>();
  const add = (one: OptionType): void => {
    if (found.has(one)) return;
    found.add(one);
    for (const inner of innerTypes(one)) add(inner);
  };
  add(type);
  return [...found];
}
