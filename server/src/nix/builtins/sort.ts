/**
 * `sort` and `genericClosure`: what compares elements with each other.
 *
 *   builtins.sort builtins.lessThan [ 3 1 2 ]  ->  [ 1 2 3 ]
 */
import { derived, fail, Undecided } from "../errors.ts";
import { expectAttrs, expectBool, expectFunction, expectList, findAttr, requiredAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { list } from "../make.ts";
import { compareText, lessThan } from "../order.ts";
import type { Eval } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { BuiltinValue, ListValue, Value } from "../value.ts";
import { lazy } from "./define.ts";

export function sortBuiltins(): BuiltinValue[] {
  return [lazy("sort", sort), lazy("genericClosure", genericClosure)];
}

function* sort(comparator: Thunk, xs: Thunk): Eval<Value> {
  const whole = expectList(yield xs);
  if (whole.elements.length === 0) return whole;
  const compare = expectFunction(yield comparator);
  for (const element of whole.elements) yield element;
  const native = compare.type === "builtin" && compare.name === "lessThan" && compare.args.length === 0;
  const quick = native ? sortedTexts(whole) : undefined;
  if (quick) return quick;
  const comesBefore = function* (a: Thunk, b: Thunk): Eval<boolean> {
    if (native) return yield* lessThan(yield a, yield b);
    return expectBool(yield apply(comparator, a, b)).value;
  };
  return list(yield* mergeSort(whole.elements, comesBefore), whole.origins, whole.open);
}

/** A list of strings only, in their own order: what most lists to sort are. */
function sortedTexts(whole: ListValue): ListValue | undefined {
  const texts: { readonly thunk: Thunk; readonly text: string }[] = [];
  for (const thunk of whole.elements) {
    if (thunk.value?.type !== "string") return undefined;
    texts.push({ thunk, text: thunk.value.value });
  }
  texts.sort((a, b) => compareText(a.text, b.text));
  return list(
    texts.map(({ thunk }) => thunk),
    whole.origins,
    whole.open,
  );
}

/** Stable; any comparator, even a senseless one, gives some order of the same elements. */
export function* mergeSort<T>(
  items: readonly T[],
  comesBefore: (a: T, b: T) => Eval<boolean>,
): Eval<readonly T[]> {
  let sorted = items;
  for (let width = 1; width < items.length; width *= 2) {
    const merged: T[] = [];
    for (let start = 0; start < items.length; start += 2 * width) {
      const middle = Math.min(start + width, items.length);
      const end = Math.min(start + 2 * width, items.length);
      let left = start;
      let right = middle;
      while (left < middle && right < end) {
        const later = yield* comesBefore(sorted[right] as T, sorted[left] as T);
        merged.push(sorted[later ? right++ : left++] as T);
      }
      while (left < middle) merged.push(sorted[left++] as T);
      while (right < end) merged.push(sorted[right++] as T);
    }
    sorted = merged;
  }
  return sorted;
}

function* genericClosure(argument: Thunk): Eval<Value> {
  const args = expectAttrs(yield argument);
  const startSet = requiredAttr(args, "startSet", "genericClosure");
  const start = expectList(yield startSet);
  const operator = requiredAttr(args, "operator", "genericClosure");
  if (start.elements.length === 0) return start;
  expectFunction(yield operator);

  const seen = new KeySet();
  const found: Thunk[] = [];
  const todo = [...start.elements];
  let { open } = start;
  for (let index = 0; index < todo.length; index++) {
    const element = todo[index] as Thunk;
    const value = yield element;
    if (value.type === "unknown") {
      open ??= derived(value);
      continue;
    }
    const key = findAttr(expectAttrs(value), "key") ?? fail("error", "attribute 'key' required");
    if (!(yield* seen.add(yield key))) continue;
    found.push(element);
    const next = yield apply(operator, element);
    if (next.type === "unknown") {
      open ??= derived(next);
      continue;
    }
    const more = expectList(next);
    open ??= more.open;
    for (const further of more.elements) {
      yield further;
      todo.push(further);
    }
  }
  return list(found, undefined, open);
}

/** The keys met so far, ordered; no two are equal. */
class KeySet {
  private readonly texts = new Set<string>();
  private readonly sorted: Value[] = [];

  /** False if an equal key is there already. Keys that Nix cannot compare are an error. */
  *add(key: Value): Eval<boolean> {
    const text = scalarText(key);
    const first = this.sorted[0];
    if (text === undefined || (first !== undefined && scalarText(first) === undefined))
      return yield* this.insert(key);
    // Scalars are told apart by their text; comparing with one key tells whether the types go together.
    if (first === undefined) this.sorted.push(key);
    else yield* lessThan(first, key);
    if (this.texts.has(text)) return false;
    this.texts.add(text);
    return true;
  }

  private *insert(key: Value): Eval<boolean> {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (yield* lessThan(this.sorted[middle] as Value, key)) low = middle + 1;
      else high = middle;
    }
    const at = this.sorted[low];
    if (at !== undefined && !(yield* lessThan(key, at))) return false;
    this.sorted.splice(low, 0, key);
    return true;
  }
}

/** Equal scalars have equal texts (`1` and `1.0` too); undefined for what is no scalar. */
function scalarText(key: Value): string | undefined {
  switch (key.type) {
    case "string":
    case "path":
      return key.value;
    case "int":
      return String(key.value);
    case "float":
      return String(Number.isInteger(key.value) ? BigInt(key.value) : key.value);
    case "unknown":
      throw new Undecided(key);
    default:
      return undefined;
  }
}
