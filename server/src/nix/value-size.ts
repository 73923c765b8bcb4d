/** What values take of the budget: a unit is the memory, and the time, of a thunk. */
import type { Thunk } from "./thunk.ts";
import type { Value } from "./value.ts";

/** Elements that are only copied, and characters, take less than a thunk. */
const ELEMENTS = 16;
const CHARACTERS = 128;
/** Of an element that is still to be called: the call, what it is called with, and its value. */
const CALL = 3;

/** What a value that was just made of `from` takes, in thunks; texts it was made of have been gone through. */
export function sizeOf(value: Value, from: readonly Thunk[], shared: number): number {
  let units = 0;
  for (const { value: part } of from)
    if (part?.type === "string") units += Math.floor(part.value.length / CHARACTERS);
  switch (value.type) {
    case "string":
      return units + Math.floor(Math.max(0, value.value.length - shared) / CHARACTERS);
    case "list": {
      const { length } = value.elements;
      if (length < ELEMENTS) return units;
      const last = value.elements[length - 1];
      const isCopied = from.some(({ value: part }) => part?.type === "list" && part.elements.at(-1) === last);
      return units + (isCopied || from.length === 0 ? Math.floor(length / ELEMENTS) : CALL * length);
    }
    case "attrs":
      // Others than these make no copy of what they hold.
      return from.length > 0 && value.attrs instanceof Map ? units + value.attrs.size : units;
    default:
      return units;
  }
}
