/**
 * `lib.lists`.
 *
 *   lib.imap1 (i: x: "${toString i}${x}") [ "a" "b" ]  ->  [ "1a" "2b" ]
 *
 * Open lists stay open where the place of the elements does not matter; where it does (`last`, `take`, …)
 * the result is unknown.
 */
import { concat } from "../builtins/lists.ts";
import { mergeSort } from "../builtins/sort.ts";
import { equalThunks } from "../equality.ts";
import { derived, fail, Undecided } from "../errors.ts";
import { expectAttrs, expectBool, expectClosedList, expectInt, expectList, expectString } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { listRoom } from "../limits.ts";
import { attr, attrs, attrsOf, bool, int, list } from "../make.ts";
import { lessThan, sortedAttrs } from "../order.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Attr, ListValue, Value } from "../value.ts";
import { eagerly, holds, lazily, listOf, type Members, pick } from "./native.ts";
import { compareNaturally } from "./natural-order.ts";
import { listDfs, toposort } from "./toposort.ts";

const BUILTINS =
  "head tail length isList elemAt concatLists filter elem genList map concatMap any all partition sort groupBy";

export function listMembers(builtins: Members): Members {
  return {
    ...pick(builtins, BUILTINS),
    ...lazily({
      singleton: (x) => list([x]),
      forEach: (xs, fn) => apply(builtins.map as Value, fn, xs),
      foldr: foldr,
      fold: foldr,
      foldl: function* (op, nul, xs) {
        let result = nul;
        for (const element of expectClosedList(yield xs).elements) result = apply(op, result, element);
        return yield result;
      },
      "foldl'": function* (op, nul, xs) {
        yield nul;
        return yield apply(builtins["foldl'"] as Value, op, nul, xs);
      },
      imap0: (fn, xs) => imap(fn, xs, 0),
      imap1: (fn, xs) => imap(fn, xs, 1),
      ifilter0: function* (pred, xs) {
        const kept: Thunk[] = [];
        for (const [index, element] of expectClosedList(yield xs).elements.entries())
          if (yield* holds(pred, number(index), element)) kept.push(element);
        return list(kept);
      },
      flatten: flatten,
      remove: (unwanted, xs) => without([unwanted], xs),
      findSingle: findSingle,
      findFirstIndex: function* (pred, fallback, xs) {
        const index = yield* firstIndex(pred, xs);
        return index === undefined ? yield fallback : int(index);
      },
      findFirst: function* (pred, fallback, xs) {
        const index = yield* firstIndex(pred, xs);
        return yield index === undefined ? fallback : (expectList(yield xs).elements[index] as Thunk);
      },
      count: function* (pred, xs) {
        let count = 0;
        for (const element of expectClosedList(yield xs).elements) if (yield* holds(pred, element)) count++;
        return int(count);
      },
      optional: (cond, element) => conditional(cond, Thunk.of(list([element]))),
      optionals: conditional,
      toList: function* (x) {
        const value = yield x;
        if (value.type === "unknown") throw new Undecided(value);
        return value.type === "list" ? value : list([x], value.origins);
      },
      replicate: function* (count, element) {
        const length = listRoom(Math.max(0, Number(expectInt(yield count).value)));
        return list(Array.from({ length }, () => element));
      },
      "groupBy'": function* (op, nul, pred, xs) {
        const groups = expectAttrs(yield apply(builtins.groupBy as Value, pred, xs));
        const folded = new Map<string, Attr>();
        for (const [name, group] of groups.attrs)
          folded.set(name, attr(apply(listFold.foldl as Value, op, nul, group.value)));
        return attrsOf(folded, undefined, groups.open);
      },
      zipListsWith: (fn, first, second) => zipWith(first, second, (a, b) => apply(fn, a, b)),
      zipLists: (first, second) => zipWith(first, second, (fst, snd) => Thunk.of(attrs({ fst, snd }))),
      listDfs: listDfs,
      toposort: toposort,
      sortOn: sortOn,
      compareLists: compareLists,
      naturalSort: naturalSort,
      take: (count, xs) => slice(xs, (length, n) => [0, Math.min(n, length)], count),
      drop: (count, xs) => slice(xs, (length, n) => [n, length], count),
      takeEnd: (count, xs) => slice(xs, (length, n) => [Math.max(0, length - n), length], count),
      dropEnd: (count, xs) => slice(xs, (length, n) => [0, Math.max(0, length - n)], count),
      sublist: function* (start, count, xs) {
        const from = Number(expectInt(yield start).value);
        return yield* slice(xs, (length, n) => [from, Math.min(from + n, length)], count);
      },
      last: function* (xs) {
        return yield expectClosedList(yield xs).elements.at(-1) ?? empty("last");
      },
      init: function* (xs) {
        const { elements, origins } = expectClosedList(yield xs);
        return elements.length === 0 ? empty("init") : list(elements.slice(0, -1), origins);
      },
      hasPrefix: function* (prefix, xs) {
        return bool((yield* commonLength(prefix, xs)) === expectList(yield prefix).elements.length);
      },
      removePrefix: removePrefix,
      commonPrefix: function* (first, second) {
        const length = yield* commonLength(first, second);
        return list(expectList(yield first).elements.slice(0, length));
      },
      crossLists: crossLists,
      unique: unique,
      uniqueStrings: uniqueStrings,
      allUnique: function* (xs) {
        const whole = expectClosedList(yield xs);
        return bool(expectList(yield unique(xs)).elements.length === whole.elements.length);
      },
      intersectLists: (wanted, xs) => among(wanted, xs, true),
      subtractLists: (unwanted, xs) => among(unwanted, xs, false),
      mutuallyExclusive: function* (a, b) {
        const common = yield* among(a, b, true);
        if (common.elements.length > 0) return bool(false);
        if (common.open) throw new Undecided(common.open);
        return bool(true);
      },
      concatAttrValues: function* (set) {
        const whole = expectAttrs(yield set);
        return yield* concat(
          sortedAttrs(whole).map(([, { value }]) => value),
          whole.open,
        );
      },
      replaceElemAt: function* (xs, index, element) {
        const { elements } = expectClosedList(yield xs);
        const position = Number(expectInt(yield index).value);
        if (position < 0 || position >= elements.length)
          fail(
            "throw",
            `'lists.replaceElemAt' called with index ${position} on a list of size ${elements.length}`,
          );
        return list(elements.with(position, element));
      },
    }),
    ...eagerly({
      range: (first, last) => {
        const [from, to] = [Number(expectInt(first).value), Number(expectInt(last).value)];
        const length = listRoom(Math.max(0, to - from + 1));
        return list(Array.from({ length }, (_, index) => number(from + index)));
      },
      reverseList: (xs) => {
        const { elements, origins, open } = expectList(xs);
        return list(elements.toReversed(), origins, open);
      },
    }),
  };
}

function number(value: number): Thunk {
  return Thunk.of(int(value));
}

function empty(name: string): never {
  return fail("throw", `lists.${name}: list must not be empty!`);
}

/** Lazy: an operator that ignores its second argument ends the fold. */
function* foldr(op: Thunk, nul: Thunk, xs: Thunk): Eval<Value> {
  let result = nul;
  for (const element of expectClosedList(yield xs).elements.toReversed()) result = apply(op, element, result);
  return yield result;
}

const listFold = lazily({
  foldl: function* (op, nul, xs) {
    let result = nul;
    for (const element of expectClosedList(yield xs).elements) result = apply(op, result, element);
    return yield result;
  },
});

function* imap(fn: Thunk, xs: Thunk, from: number): Eval<Value> {
  const { elements, origins } = expectClosedList(yield xs);
  return list(
    elements.map((element, index) => apply(fn, number(from + index), element)),
    origins,
  );
}

/** All elements that are no lists, however deep. */
function* flatten(root: Thunk): Eval<Value> {
  const found: Thunk[] = [];
  const todo: Thunk[] = [root];
  let open: ListValue["open"];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const value = yield next;
    if (value.type === "unknown") open ??= derived(value);
    else if (value.type !== "list") found.push(next);
    else {
      open ??= value.open;
      listRoom(found.length + todo.length + value.elements.length);
      for (let index = value.elements.length - 1; index >= 0; index--)
        todo.push(value.elements[index] as Thunk);
    }
  }
  return list(found, undefined, open);
}

function* findSingle(pred: Thunk, none: Thunk, multiple: Thunk, xs: Thunk): Eval<Value> {
  const found: Thunk[] = [];
  for (const element of expectClosedList(yield xs).elements)
    if (yield* holds(pred, element)) found.push(element);
  return yield found.length > 1 ? multiple : (found[0] ?? none);
}

function* firstIndex(pred: Thunk, xs: Thunk): Eval<number | undefined> {
  for (const [index, element] of expectClosedList(yield xs).elements.entries())
    if (yield* holds(pred, element)) return index;
  return undefined;
}

/** The list, or an empty one; both remain as alternatives if the condition is unknown. */
function* conditional(cond: Thunk, xs: Thunk): Eval<Value> {
  const decided = yield cond;
  if (decided.type === "unknown") return { ...derived(decided), alternatives: [xs, Thunk.of(list([]))] };
  return expectBool(decided).value ? yield xs : list([]);
}

function* zipWith(first: Thunk, second: Thunk, join: (a: Thunk, b: Thunk) => Thunk): Eval<Value> {
  const firsts = expectClosedList(yield first).elements;
  const seconds = expectClosedList(yield second).elements;
  const length = Math.min(firsts.length, seconds.length);
  return list(Array.from({ length }, (_, index) => join(firsts[index] as Thunk, seconds[index] as Thunk)));
}

/** The part of the list from one index to another, told by its length and `count`. */
function* slice(
  xs: Thunk,
  bounds: (length: number, count: number) => readonly [number, number],
  count: Thunk,
): Eval<Value> {
  const { elements, origins } = expectClosedList(yield xs);
  const [from, to] = bounds(elements.length, Number(expectInt(yield count).value));
  if (from < elements.length && to < from) fail("error", `cannot create list of size ${to - from}`);
  if (from < 0 && to > from) fail("error", `list index ${from} is out of bounds`);
  return list(elements.slice(from, to), origins);
}

function* sortOn(key: Thunk, xs: Thunk): Eval<Value> {
  const whole = expectList(yield xs);
  const pairs = whole.elements.map((element) => ({ key: apply(key, element), element }));
  const sorted = yield* mergeSort(pairs, function* (a, b) {
    return yield* lessThan(yield a.key, yield b.key);
  });
  return list(
    sorted.map(({ element }) => element),
    whole.origins,
    whole.open,
  );
}

function* compareLists(compare: Thunk, a: Thunk, b: Thunk): Eval<Value> {
  const left = expectClosedList(yield a).elements;
  const right = expectClosedList(yield b).elements;
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = yield apply(compare, left[index] as Thunk, right[index] as Thunk);
    if (expectInt(order).value !== 0n) return order;
  }
  return int(Math.sign(left.length - right.length));
}

function* naturalSort(xs: Thunk): Eval<Value> {
  const whole = expectList(yield xs);
  const texts: { text: string; element: Thunk }[] = [];
  for (const element of whole.elements) texts.push({ text: expectString(yield element).value, element });
  texts.sort((a, b) => compareNaturally(a.text, b.text));
  return list(
    texts.map(({ element }) => element),
    whole.origins,
    whole.open,
  );
}

/** How many elements at the start are equal. */
function* commonLength(first: Thunk, second: Thunk): Eval<number> {
  const firsts = expectClosedList(yield first).elements;
  const seconds = expectClosedList(yield second).elements;
  let length = 0;
  while (length < Math.min(firsts.length, seconds.length)) {
    if (!(yield* equalThunks(firsts[length] as Thunk, seconds[length] as Thunk))) break;
    length++;
  }
  return length;
}

function* removePrefix(prefix: Thunk, xs: Thunk): Eval<Value> {
  const length = expectClosedList(yield prefix).elements.length;
  if ((yield* commonLength(prefix, xs)) < length)
    fail("throw", "lib.lists.removePrefix: First argument is not a list prefix of the second argument");
  return list(expectClosedList(yield xs).elements.slice(length));
}

/** `crossLists f [ xs ys ]` -> `f` of every combination. */
function* crossLists(fn: Thunk, lists: Thunk): Eval<Value> {
  let results: Thunk[] = [fn];
  for (const xs of expectClosedList(yield lists).elements) {
    const { elements } = expectClosedList(yield xs);
    listRoom(results.length * elements.length);
    results = results.flatMap((partial) => elements.map((element) => apply(partial, element)));
  }
  return list(results);
}

function* unique(xs: Thunk): Eval<Value> {
  const whole = yield* listOf(xs);
  const kept: Thunk[] = [];
  const texts = new Set<string>();
  let { open } = whole;
  for (const element of whole.elements) {
    const value = yield element;
    if (value.type === "unknown") {
      open ??= derived(value);
    } else if (value.type === "string") {
      if (!texts.has(value.value)) kept.push(element);
      texts.add(value.value);
    } else if (!(yield* isAmong(element, kept))) kept.push(element);
  }
  return list(kept, whole.origins, open);
}

function* isAmong(element: Thunk, others: readonly Thunk[]): Eval<boolean> {
  for (const other of others) if (yield* equalThunks(element, other)) return true;
  return false;
}

function* uniqueStrings(xs: Thunk): Eval<Value> {
  const whole = expectList(yield xs);
  const texts = new Map<string, Attr>();
  let { open } = whole;
  for (const element of whole.elements) {
    const value = yield element;
    if (value.type === "unknown") open ??= derived(value);
    else texts.set(expectString(value).value, attr(element));
  }
  const sorted = sortedAttrs(attrsOf(texts));
  return list(
    sorted.map(([, { value }]) => value),
    undefined,
    open,
  );
}

function* without(unwanted: readonly Thunk[], xs: Thunk): Eval<ListValue> {
  return yield* choose(unwanted, undefined, xs, false);
}

function* among(others: Thunk, xs: Thunk, wanted: boolean): Eval<ListValue> {
  const { elements, open } = expectList(yield others);
  return yield* choose(elements, open, xs, wanted);
}

/** The elements that are (or are not) among `others`; open where that cannot be decided. */
function* choose(
  others: readonly Thunk[],
  unsure: ListValue["open"],
  xs: Thunk,
  wanted: boolean,
): Eval<ListValue> {
  const whole = expectList(yield xs);
  const kept: Thunk[] = [];
  let { open } = whole;
  for (const element of whole.elements) {
    let doubt = unsure;
    let found = false;
    for (const other of others) {
      try {
        found = yield* equalThunks(element, other);
      } catch (error) {
        if (!(error instanceof Undecided)) throw error;
        doubt ??= error.unknown;
      }
      if (found) break;
    }
    if (!found && doubt) open ??= doubt;
    else if (found === wanted) kept.push(element);
  }
  return list(kept, whole.origins, open);
}
