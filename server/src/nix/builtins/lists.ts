/**
 * Lists: `map`, `filter`, `foldl'`, `sort`, `groupBy`, …
 *
 *   builtins.filter (x: x > 1) [ 1 2 3 ]  ->  [ 2 3 ]
 *
 * An open list (it may have more elements than are known) stays open through all of them; an element that
 * a predicate cannot decide about is left out, and the result is open because of it.
 */
import { equalThunks } from "../equality.ts";
import { derived, fail, Undecided } from "../errors.ts";
import {
  expectBool,
  expectClosedList,
  expectFunction,
  expectInt,
  expectList,
  expectStringWithoutContext,
} from "../expect.ts";
import { apply } from "../interpreter.ts";
import { listRoom } from "../limits.ts";
import { attr, attrsOf, bool, int, list } from "../make.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Attr, BuiltinValue, ListValue, Unknown, Value } from "../value.ts";
import { eager, lazy } from "./define.ts";

export function listBuiltins(): BuiltinValue[] {
  return [
    eager("length", (xs) => int(expectClosedList(xs).elements.length)),
    eager("head", (xs) => elementAt(xs, 0, "list index 0 is out of bounds")),
    eager("tail", (xs) => {
      const { elements, origins } = expectClosedList(xs);
      if (elements.length === 0) fail("error", "'tail' called on an empty list");
      return list(elements.slice(1), origins);
    }),
    eager("elemAt", (xs, index) => {
      const position = expectInt(index).value;
      return elementAt(xs, Number(position), `list index ${position} is out of bounds`);
    }),
    lazy("map", map),
    lazy("filter", function* (pred, xs) {
      const { right, open, whole } = yield* divide(pred, xs);
      return list(right, whole.origins, open);
    }),
    lazy("partition", function* (pred, xs) {
      expectFunction(yield pred);
      const { right, wrong, open } = yield* divide(pred, xs);
      return attrsOf(
        new Map([
          ["right", attr(Thunk.of(list(right, undefined, open)))],
          ["wrong", attr(Thunk.of(list(wrong, undefined, open)))],
        ]),
      );
    }),
    lazy("any", (pred, xs) => quantify(pred, xs, true)),
    lazy("all", (pred, xs) => quantify(pred, xs, false)),
    lazy("elem", elem),
    lazy("concatLists", function* (lists) {
      const outer = expectList(yield lists);
      return yield* concat(outer.elements, outer.open);
    }),
    lazy("concatMap", function* (fn, xs) {
      expectFunction(yield fn);
      const { elements, open } = expectList(yield xs);
      return yield* concat(
        elements.map((element) => apply(fn, element)),
        open,
      );
    }),
    lazy("foldl'", foldl),
    lazy("genList", function* (generator, length) {
      const size = expectInt(yield length).value;
      if (size < 0n) fail("error", `cannot create list of size ${size}`);
      const room = listRoom(Number(size));
      expectFunction(yield generator);
      return list(Array.from({ length: room }, (_, index) => apply(generator, Thunk.of(int(index)))));
    }),
    lazy("groupBy", groupBy),
  ];
}

function elementAt(xs: Value, index: number, message: string): Thunk {
  const { elements } = expectClosedList(xs);
  return elements[index] ?? fail("error", message);
}

function* map(fn: Thunk, xs: Thunk): Eval<Value> {
  const whole = expectList(yield xs);
  if (whole.elements.length === 0) return whole;
  expectFunction(yield fn);
  return list(
    whole.elements.map((element) => apply(fn, element)),
    whole.origins,
    whole.open,
  );
}

interface Division {
  readonly whole: ListValue;
  readonly right: readonly Thunk[];
  readonly wrong: readonly Thunk[];
  /** Set when some elements are in neither part because nothing is known about them. */
  readonly open: Unknown | undefined;
}

/** Parts a list by a predicate. */
function* divide(pred: Thunk, xs: Thunk): Eval<Division> {
  const whole = expectList(yield xs);
  const right: Thunk[] = [];
  const wrong: Thunk[] = [];
  let { open } = whole;
  if (whole.elements.length > 0) expectFunction(yield pred);
  for (const element of whole.elements) {
    const answer = yield apply(pred, element);
    if (answer.type === "unknown") open ??= derived(answer);
    else (expectBool(answer).value ? right : wrong).push(element);
  }
  return { whole, right, wrong, open };
}

/** `any` (decisive answer true) and `all` (false). */
function* quantify(pred: Thunk, xs: Thunk, decisive: boolean): Eval<Value> {
  expectFunction(yield pred);
  const whole = expectList(yield xs);
  let { open } = whole;
  for (const element of whole.elements) {
    const answer = yield apply(pred, element);
    if (answer.type === "unknown") open ??= answer;
    else if (expectBool(answer).value === decisive) return bool(decisive);
  }
  if (open) throw new Undecided(open);
  return bool(!decisive);
}

function* elem(wanted: Thunk, xs: Thunk): Eval<Value> {
  const whole = expectList(yield xs);
  let { open } = whole;
  for (const element of whole.elements) {
    try {
      if (yield* equalThunks(wanted, element)) return bool(true);
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      open ??= error.unknown;
    }
  }
  if (open) throw new Undecided(open);
  return bool(false);
}

/** The lists joined; where one is unknown the result is open. */
export function* concat(lists: readonly Thunk[], open: Unknown | undefined): Eval<ListValue> {
  const elements: Thunk[] = [];
  for (const part of lists) {
    const value = yield part;
    if (value.type === "unknown") {
      open ??= derived(value);
      continue;
    }
    const inner = expectList(value);
    open ??= inner.open;
    listRoom(elements.length + inner.elements.length);
    for (const element of inner.elements) elements.push(element);
  }
  return list(elements, undefined, open);
}

/** Only the last result is forced; the others are what the operator forces, as in Nix. */
function* foldl(op: Thunk, nul: Thunk, xs: Thunk): Eval<Value> {
  expectFunction(yield op);
  const whole = expectList(yield xs);
  let accumulator = nul;
  for (const element of whole.elements) {
    accumulator = apply(op, accumulator, element);
    yield accumulator;
  }
  // With elements missing, the fold over the known ones is only something the result may resemble.
  if (whole.open) return { ...derived(whole.open), alternatives: [accumulator] };
  return yield accumulator;
}

function* groupBy(fn: Thunk, xs: Thunk): Eval<Value> {
  expectFunction(yield fn);
  const whole = expectList(yield xs);
  const groups = new Map<string, Thunk[]>();
  let { open } = whole;
  for (const element of whole.elements) {
    const name = yield apply(fn, element);
    if (name.type === "unknown") {
      open ??= derived(name);
      continue;
    }
    const key = expectStringWithoutContext(name).value;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [element]);
    else group.push(element);
  }
  const result = new Map<string, Attr>();
  for (const [name, elements] of groups) result.set(name, attr(Thunk.of(list(elements, undefined, open))));
  return attrsOf(result, undefined, open);
}
