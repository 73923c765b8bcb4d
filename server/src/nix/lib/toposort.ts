/**
 * `lib.toposort before list`: the elements in an order in which nothing comes after what it must precede.
 *
 *   lib.toposort (a: b: a < b) [ 3 2 1 ]  ->  { result = [ 1 2 3 ]; }
 *   lib.toposort (a: b: true) [ 1 2 ]     ->  { cycle = [ … ]; loops = [ … ]; }
 */
import { fail } from "../errors.ts";
import { expectBool, expectClosedList } from "../expect.ts";
import { attrs, list } from "../make.ts";
import type { Eval } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { holds } from "./native.ts";

export function* toposort(before: Thunk, xs: Thunk): Eval<Value> {
  let rest = expectClosedList(yield xs).elements;
  const result: Thunk[] = [];
  while (rest.length >= 2) {
    const walk = yield* descend(before, rest);
    if (walk.loops.length > 0)
      return attrs({ cycle: list([walk.element, ...walk.visited].toReversed()), loops: list(walk.loops) });
    result.push(walk.element);
    rest = [...walk.visited, ...walk.rest];
  }
  return attrs({ result: list([...result, ...rest]) });
}

/** The walk of one step: an element that nothing in the list comes before, or one on a cycle. */
export function* listDfs(stopOnCycles: Thunk, before: Thunk, xs: Thunk): Eval<Value> {
  const { elements } = expectClosedList(yield xs);
  if (elements.length === 0) fail("error", "list index 0 is out of bounds");
  const stops = expectBool(yield stopOnCycles).value;
  const { element, visited, rest, loops } = yield* descend(before, elements, stops);
  const others = { visited: list(visited), rest: list(rest) };
  if (loops.length > 0) return attrs({ cycle: element, loops: list(loops), ...others });
  return attrs({ minimal: element, ...others });
}

interface Walk {
  /** Preceded by nothing in `rest`, or part of a cycle. */
  readonly element: Thunk;
  readonly visited: readonly Thunk[];
  readonly rest: readonly Thunk[];
  /** The visited elements that come before `element`: there is a cycle. */
  readonly loops: readonly Thunk[];
}

/** From the first element on to one before it, and so forth. */
function* descend(before: Thunk, xs: readonly Thunk[], stopOnCycles = true): Eval<Walk> {
  let [element, ...rest] = xs as [Thunk, ...Thunk[]];
  let visited: Thunk[] = [];
  for (;;) {
    const loops = stopOnCycles ? (yield* split(before, element, visited)).before : [];
    const parts = yield* split(before, element, rest);
    const [next, ...others] = parts.before;
    if (loops.length > 0 || next === undefined) return { element, visited, rest, loops };
    visited = [element, ...visited];
    rest = [...others, ...parts.others];
    element = next;
  }
}

function* split(
  before: Thunk,
  element: Thunk,
  xs: readonly Thunk[],
): Eval<{ before: Thunk[]; others: Thunk[] }> {
  const parts = { before: [] as Thunk[], others: [] as Thunk[] };
  for (const other of xs) ((yield* holds(before, other, element)) ? parts.before : parts.others).push(other);
  return parts;
}
