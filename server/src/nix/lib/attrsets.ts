/**
 * `lib.attrsets`.
 *
 *   lib.filterAttrs (name: value: value > 1) { a = 1; b = 2; }  ->  { b = 2; }
 *
 * Attributes that are selected, renamed or merged keep the places their names were written.
 */
import { nameOf, selectAttrs } from "../builtins/attrsets.ts";
import { concat } from "../builtins/lists.ts";
import { equalThunks } from "../equality.ts";
import { derived, fail, Undecided } from "../errors.ts";
import {
  expectAttrs,
  expectBool,
  expectClosedAttrs,
  expectClosedList,
  expectList,
  expectString,
  expectStringWithoutContext,
  findAttr,
} from "../expect.ts";
import { apply } from "../interpreter.ts";
import { listRoom } from "../limits.ts";
import { attr, attrs, attrsOf, bool, list, string, unknown } from "../make.ts";
import { mergeNodes, updateAttrs } from "../merge.ts";
import { sortedAttrs } from "../order.ts";
import type { Eval } from "../step.ts";
import { NixThunk, Thunk } from "../thunk.ts";
import type { Attr, AttrsValue, ListValue, Unknown, Value } from "../value.ts";
import { quotedIdentifier } from "./escaping.ts";
import { eagerly, lazily, listOf, type Members, pick, withAttrs } from "./native.ts";
import { outputMembers } from "./outputs.ts";
import { recursiveUpdate, recursiveUpdateUntil } from "./recursive-update.ts";
import { updateManyAttrsByPath } from "./update-by-path.ts";

const BUILTINS =
  "attrNames listToAttrs hasAttr isAttrs getAttr removeAttrs intersectAttrs attrValues catAttrs mapAttrs zipAttrsWith";

export function attrsetMembers(builtins: Members): Members {
  const call = (name: string, ...args: Thunk[]): Thunk => apply(builtins[name] as Value, ...args);
  const mapToList = function* (fn: Thunk, set: Thunk): Eval<ListValue> {
    const whole = expectAttrs(yield set);
    const results = sortedAttrs(whole).map(([name, attribute]) =>
      apply(fn, nameOf(name, attribute), attribute.value),
    );
    return list(results, undefined, whole.open);
  };
  return {
    ...pick(builtins, BUILTINS),
    ...lazily({
      attrByPath: function* (path, fallback, set) {
        return yield (yield* findByPath(path, set)) ?? fallback;
      },
      hasAttrByPath: function* (path, set) {
        return bool((yield* findByPath(path, set)) !== undefined);
      },
      getAttrFromPath: function* (path, set) {
        const names = yield* pathOf(path);
        return yield (yield* findByPath(path, set)) ??
          fail("abort", `cannot find attribute '${names.map(({ name }) => name).join(".")}'`);
      },
      longestValidPathPrefix: function* (path, set) {
        const { elements } = expectClosedList(yield path);
        let length = elements.length;
        while (length > 0 && !(yield* findByPath(Thunk.of(list(elements.slice(0, length))), set))) length--;
        return list(elements.slice(0, length));
      },
      setAttrByPath: setByPath,
      attrVals: function* (names, set) {
        return yield call("map", Thunk.of(selector(set)), names);
      },
      getAttrs: function* (names, set) {
        return yield* generate(names, (name) => apply(Thunk.of(selector(set)), name));
      },
      genAttrs: (names, fn) => generate(names, (name) => apply(fn, name)),
      "genAttrs'": (xs, fn) => call("listToAttrs", call("map", fn, xs)),
      filterAttrs: filterAttrs,
      filterAttrsRecursive: filterAttrsRecursive,
      foldlAttrs: function* (fn, init, set) {
        let result = init;
        for (const [name, attribute] of sortedAttrs(expectClosedAttrs(yield set))) {
          result = apply(fn, result, nameOf(name, attribute), attribute.value);
          yield result;
        }
        return yield result;
      },
      foldAttrs: foldAttrs,
      collect: (pred, set) => collect(pred, set),
      cartesianProduct: (lists) => cartesianProduct(lists),
      mapCartesianProduct: (fn, lists) => call("map", fn, new Thunk(() => cartesianProduct(lists))),
      nameValuePair: (name, value) => attrs({ name, value }),
      "mapAttrs'": (fn, set) => call("listToAttrs", new NixThunk(() => mapToList(fn, set))),
      mapAttrsToList: mapToList,
      attrsToList: (set) => mapToList(Thunk.of(pairs.nameValuePair as Value), set),
      mapAttrsRecursive: (fn, set) => mapRecursively(undefined, fn, [], set),
      mapAttrsRecursiveCond: (cond, fn, set) => mapRecursively(cond, fn, [], set),
      mapAttrsToListRecursive: (fn, set) => mapToListRecursively(undefined, fn, [], set),
      mapAttrsToListRecursiveCond: (pred, fn, set) => mapToListRecursively(pred, fn, [], set),
      concatMapAttrs: function* (fn, set) {
        const whole = yield* mapToList(fn, set);
        return yield* mergeAll(whole.elements, whole.open);
      },
      mergeAttrsList: function* (sets) {
        const whole = yield* listOf(sets);
        return yield* mergeAll(whole.elements, whole.open);
      },
      isDerivation: function* (value) {
        return bool(yield* isDerivation(yield value));
      },
      optionalAttrs: function* (cond, set) {
        const decided = yield cond;
        if (decided.type === "unknown")
          return { ...derived(decided), alternatives: [set, Thunk.of(attrsOf(new Map()))] };
        return expectBool(decided).value ? yield set : attrsOf(new Map());
      },
      zipAttrsWithNames: function* (names, fn, sets) {
        return yield* generate(names, (name) => apply(fn, name, call("catAttrs", name, sets)));
      },
      zipAttrs: (sets) => call("zipAttrsWith", Thunk.of(pairs.second as Value), sets),
      recursiveUpdate: recursiveUpdate,
      recursiveUpdateUntil: recursiveUpdateUntil,
      matchAttrs: function* (pattern, set) {
        return bool(yield* matches(expectAttrs(yield pattern), yield set));
      },
      overrideExisting: function* (old, replacement) {
        const [before, after] = [expectAttrs(yield old), expectAttrs(yield replacement)];
        const result = new Map<string, Attr>();
        for (const [name, attribute] of before.attrs) {
          const other = after.attrs.get(name);
          const value = other?.value ?? (after.open ? Thunk.of(after.open) : attribute.value);
          result.set(name, attr(value, mergeNodes(attribute.keys, other?.keys)));
        }
        return attrsOf(result, before.origins, before.open);
      },
      showAttrPath: function* (path) {
        const names = yield* pathOf(path);
        if (names.length === 0) return string("<root attribute path>");
        return string(names.map(({ name }) => quotedIdentifier(name)).join("."));
      },
      updateManyAttrsByPath: updateManyAttrsByPath,
      unionOfDisjoint: function* (left, right) {
        const [a, b] = [expectAttrs(yield left), expectAttrs(yield right)];
        const collisions = [...a.attrs.keys()].filter((name) => b.attrs.has(name)).sort();
        const collide = (name: string): Thunk =>
          new Thunk(() =>
            fail("throw", `unionOfDisjoint: collision on ${name}; complete list: ${collisions.join(" ")}`),
          );
        const mask = Object.fromEntries(collisions.map((name) => [name, collide(name)]));
        return withAttrs(expectAttrs(updateAttrs(a, b)), mask);
      },
    }),
    ...eagerly({
      recurseIntoAttrs: (set) => withAttrs(expectAttrs(set), { recurseForDerivations: bool(true) }),
      dontRecurseIntoAttrs: (set) => withAttrs(expectAttrs(set), { recurseForDerivations: bool(false) }),
    }),
    ...outputMembers(),
    toDerivation: unknown("whether a path is in the store is not known"),
  };
}

const pairs = lazily({
  nameValuePair: (name, value) => attrs({ name, value }),
  second: (_first, value) => value,
});

interface Segment {
  readonly name: string;
  readonly keys: Attr["keys"];
}

/** The names of an attribute path, with where each was written. */
function* pathOf(path: Thunk): Eval<Segment[]> {
  const segments: Segment[] = [];
  for (const element of expectClosedList(yield path).elements) {
    const name = expectString(yield element);
    segments.push({ name: name.value, keys: name.origins ?? [] });
  }
  return segments;
}

/** `{ a.b = value; }` for the path `[ "a" "b" ]`. */
export function* setByPath(path: Thunk, value: Thunk): Eval<Value> {
  let result = value;
  for (const { name, keys } of (yield* pathOf(path)).toReversed())
    result = Thunk.of(attrsOf(new Map([[name, attr(result, keys)]])));
  return yield result;
}

/** Undefined if the path leads nowhere; throws Undecided if that is unknown. */
export function* findByPath(path: Thunk, set: Thunk): Eval<Thunk | undefined> {
  let current = set;
  for (const element of expectClosedList(yield path).elements) {
    const value = yield current;
    if (value.type === "unknown") throw new Undecided(value);
    if (value.type !== "attrs") return undefined;
    const next = findAttr(value, expectString(yield element).value);
    if (next === undefined) return undefined;
    current = next;
  }
  return current;
}

/** `name: set.${name}` */
function selector(set: Thunk): Value {
  return lazily({
    select: function* (name) {
      const key = expectString(yield name).value;
      return yield findAttr(expectAttrs(yield set), key) ?? fail("error", `attribute '${key}' missing`);
    },
  }).select as Value;
}

/** `{ name = value(name); … }` for a list of names; the first of equal names counts. */
function* generate(names: Thunk, value: (name: Thunk) => Thunk): Eval<AttrsValue> {
  const whole = expectList(yield names);
  const result = new Map<string, Attr>();
  let { open } = whole;
  for (const element of whole.elements) {
    const name = yield element;
    if (name.type === "unknown") {
      open ??= derived(name);
      continue;
    }
    const { value: key, origins } = expectStringWithoutContext(name);
    if (!result.has(key)) result.set(key, attr(value(element), origins));
  }
  return attrsOf(result, undefined, open);
}

/** An attribute the predicate cannot decide about is left out, and the result is open. */
function* filterAttrs(pred: Thunk, set: Thunk): Eval<AttrsValue> {
  const whole = expectAttrs(yield set);
  const kept = new Set<string>();
  let { open } = whole;
  for (const [name, attribute] of sortedAttrs(whole)) {
    const answer = yield apply(pred, nameOf(name, attribute), attribute.value);
    if (answer.type === "unknown") open ??= derived(answer);
    else if (expectBool(answer).value) kept.add(name);
  }
  return { ...selectAttrs(whole, (name) => kept.has(name)), open };
}

function* filterAttrsRecursive(pred: Thunk, set: Thunk): Eval<AttrsValue> {
  const kept = yield* filterAttrs(pred, set);
  const deeper = new Map<string, Attr>();
  for (const [name, { value, keys }] of kept.attrs) {
    const inner = new Thunk(function* (): Eval<Value> {
      const found = yield value;
      return found.type === "attrs" ? yield filterAttrsRecursive(pred, value) : found;
    }, value.node);
    deeper.set(name, attr(inner, keys));
  }
  return attrsOf(deeper, kept.origins, kept.open);
}

/** `foldAttrs (item: acc: [ item ] ++ acc) [ ] [ { a = 1; } { a = 2; } ]` -> `{ a = [ 1 2 ]; }` */
function* foldAttrs(op: Thunk, nul: Thunk, sets: Thunk): Eval<Value> {
  const result = new Map<string, Attr>();
  for (const set of expectClosedList(yield sets).elements.toReversed())
    for (const [name, { value, keys }] of expectClosedAttrs(yield set).attrs) {
      const later = result.get(name);
      result.set(name, attr(apply(op, value, later?.value ?? nul), mergeNodes(keys, later?.keys)));
    }
  return attrsOf(result);
}

function* collect(pred: Thunk, set: Thunk): Eval<ListValue> {
  const answer = yield apply(pred, set);
  if (answer.type === "unknown") return list([], undefined, derived(answer));
  if (expectBool(answer).value) return list([set]);
  const value = yield set;
  if (value.type === "unknown") return list([], undefined, derived(value));
  if (value.type !== "attrs") return list([]);
  const parts = sortedAttrs(value).map(([, attribute]) => new Thunk(() => collect(pred, attribute.value)));
  return yield* concat(parts, value.open);
}

function* cartesianProduct(lists: Thunk): Eval<ListValue> {
  let products: AttrsValue[] = [attrsOf(new Map())];
  for (const [name, { value }] of sortedAttrs(expectClosedAttrs(yield lists))) {
    const { elements } = expectClosedList(yield value);
    listRoom(products.length * elements.length);
    products = products.flatMap((product) =>
      elements.map((element) => withAttrs(product, { [name]: element })),
    );
  }
  return list(products.map((product) => Thunk.of(product)));
}

function* mapRecursively(
  cond: Thunk | undefined,
  fn: Thunk,
  path: readonly Thunk[],
  set: Thunk,
): Eval<AttrsValue> {
  const whole = expectAttrs(yield set);
  const result = new Map<string, Attr>();
  for (const [name, attribute] of whole.attrs) {
    const here = [...path, nameOf(name, attribute)];
    const { value } = attribute;
    const mapped = new Thunk(function* (): Eval<Value> {
      const found = yield value;
      const inner = found.type === "attrs" && (!cond || expectBool(yield apply(cond, value)).value);
      return yield inner ? mapRecursively(cond, fn, here, value) : apply(fn, Thunk.of(list(here)), value);
    }, value.node);
    result.set(name, attr(mapped, attribute.keys));
  }
  return attrsOf(result, whole.origins, whole.open);
}

function* mapToListRecursively(
  pred: Thunk | undefined,
  fn: Thunk,
  path: readonly Thunk[],
  set: Thunk,
): Eval<ListValue> {
  const whole = expectAttrs(yield set);
  const parts: Thunk[] = [];
  for (const [name, attribute] of sortedAttrs(whole)) {
    const here = [...path, nameOf(name, attribute)];
    const shown = Thunk.of(list(here));
    const { value } = attribute;
    parts.push(
      new Thunk(function* (): Eval<Value> {
        const found = yield value;
        const inner = found.type === "attrs" && (!pred || expectBool(yield apply(pred, shown, value)).value);
        return inner ? yield mapToListRecursively(pred, fn, here, value) : list([apply(fn, shown, value)]);
      }),
    );
  }
  return yield* concat(parts, whole.open);
}

/** `//` of all, in order; pairwise, so that many small sets take no quadratic time. */
function* mergeAll(sets: readonly Thunk[], open: Unknown | undefined): Eval<Value> {
  let values: Value[] = [attrsOf(new Map())];
  for (const set of sets) values.push(yield set);
  while (values.length > 1) {
    const merged: Value[] = [];
    for (let index = 0; index < values.length; index += 2) {
      const [left, right] = [values[index] as Value, values[index + 1]];
      merged.push(right ? updateAttrs(left, right) : left);
    }
    values = merged;
  }
  // A set nobody knows may stand anywhere among them.
  return open ? updateAttrs(values[0] as Value, open) : (values[0] as Value);
}

export function* isDerivation(value: Value): Eval<boolean> {
  if (value.type === "unknown") throw new Undecided(value);
  if (value.type !== "attrs") return false;
  const type = findAttr(value, "type");
  if (type === undefined) return false;
  const name = yield type;
  if (name.type === "unknown") throw new Undecided(name);
  return name.type === "string" && name.value === "derivation";
}

function* matches(pattern: AttrsValue, value: Value): Eval<boolean> {
  const set = expectAttrs(value);
  for (const [name, { value: wanted }] of sortedAttrs(pattern)) {
    const found = findAttr(set, name);
    if (found === undefined) return false;
    const part = yield wanted;
    if (part.type !== "attrs") {
      if (!(yield* equalThunks(wanted, found))) return false;
      continue;
    }
    const other = yield found;
    if (other.type === "unknown") throw new Undecided(other);
    if (other.type !== "attrs") return false;
    if (!(yield* matches(part, other))) return false;
  }
  return true;
}
