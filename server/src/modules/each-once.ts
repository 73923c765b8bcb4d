/**
 * Types in words, each type once: types may hold one another so often, or themselves, that their words have no end.
 *
 *   const words = sayingOnce((type) => type.kind === "listOf" ? `list of ${words(type.of)}` : …)
 *   words(a list of itself)   ->   "list of …"
 */
import type { OptionType } from "./option-type.ts";

/** In characters; nobody reads more. */
const LONGEST = 2_000;

export function sayingOnce(say: (type: OptionType) => string): (type: OptionType) => string {
  return eachOnce("…", (type) => shortened(say(type)));
}

/**
 * What is made of a type, kept for as long as there is the type. `itself`: what is said of it inside of it. So what is made
 * meanwhile of a type inside is true there only, and nothing hangs on which type was asked about first.
 */
export function eachOnce<T>(itself: T, make: (type: OptionType) => T): (type: OptionType) => T {
  const made = new WeakMap<OptionType, T>();
  let inside: Map<OptionType, T> | undefined;
  return (type) => {
    const known = (inside ?? made).get(type);
    if (known !== undefined) return known;
    if (inside !== undefined) {
      inside.set(type, itself);
      const found = make(type);
      inside.set(type, found);
      return found;
    }
    inside = new Map([[type, itself]]);
    try {
      const found = make(type);
      made.set(type, found);
      return found;
    } finally {
      inside = undefined;
    }
  };
}

export function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
