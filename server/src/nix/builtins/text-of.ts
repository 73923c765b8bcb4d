/**
 * Arguments as strings, in the two ways Nix has.
 *
 *   textOf(1)  ->  an error        shownOf(1)  ->  "1"
 */
import { coerceToString } from "../coerce.ts";
import type { Eval } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { StringValue } from "../value.ts";

/** As `"${arg}"` gives it. */
export function* textOf(arg: Thunk): Eval<StringValue> {
  return yield* coerceToString(yield arg, { copyToStore: true });
}

/** As `toString arg` gives it. */
export function* shownOf(arg: Thunk): Eval<StringValue> {
  return yield* coerceToString(yield arg, { coerceMore: true });
}
