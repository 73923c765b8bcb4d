/**
 * Plain data out of a Nix value, as JSON would show it.
 *
 *   { a = [ 1 "x" ]; }   ->   { a: [1, "x"] }
 */
import type { Eval } from "../nix/step.ts";
import type { Thunk } from "../nix/thunk.ts";
import { attempt } from "./properties.ts";

/** Deeper data is no configuration somebody wrote, but a value that contains itself. */
const MAX_DEPTH = 64;

/** Undefined if a part is unknown, fails, or is no data (a function, say). Paths become text. */
export function* toData(thunk: Thunk, depth = 0): Eval<unknown> {
  if (depth > MAX_DEPTH) return undefined;
  const value = yield* attempt(thunk);
  switch (value.type) {
    case "null":
      return null;
    case "bool":
    case "float":
    case "string":
    case "path":
      return value.value;
    case "int":
      return Number(value.value);
    case "list": {
      if (value.open) return undefined;
      const items: unknown[] = [];
      for (const element of value.elements) {
        const item = yield* toData(element, depth + 1);
        if (item === undefined) return undefined;
        items.push(item);
      }
      return items;
    }
    case "attrs": {
      if (value.open) return undefined;
      const entries: [string, unknown][] = [];
      for (const [name, attribute] of value.attrs) {
        const item = yield* toData(attribute.value, depth + 1);
        if (item === undefined) return undefined;
        entries.push([name, item]);
      }
      return Object.fromEntries(entries);
    }
    default:
      return undefined;
  }
}
