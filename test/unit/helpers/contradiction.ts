/**
 * Whether what is claimed where something is unknown holds of what there is: part by part, equal or left open.
 *
 *   { a = 1; b = «unknown»; }   and   { a = 1; b = 2; }   ->   undefined
 *   { a = 1; }                  and   { a = 2; }          ->   "the value.a is 1, not 2"
 */
import type { Evaluator } from "../../../server/src/nix/evaluator.ts";
import type { Thunk } from "../../../server/src/nix/thunk.ts";
import type { Value } from "../../../server/src/nix/value.ts";

/** What is evaluated, and with which evaluator. */
export interface Run {
  readonly evaluator: Evaluator;
  readonly thunk: Thunk;
}

/** Where the partial value contradicts the actual one, or undefined. */
export function contradiction(
  partial: Run,
  actual: Run,
  place = "the value",
  compared = new Map<Thunk, Set<Thunk>>(),
): string | undefined {
  // A value may hold itself: what is compared already, further out, is not compared again inside.
  const others = compared.get(partial.thunk) ?? new Set();
  if (others.has(actual.thunk)) return undefined;
  compared.set(partial.thunk, others.add(actual.thunk));
  const found = actual.evaluator.force(actual.thunk);
  if (found.type === "failure") return undefined;
  const claimed = partial.evaluator.force(partial.thunk);
  if (claimed.type === "failure") return `${place} fails: ${claimed.message}`;
  if (claimed.type === "unknown") return undefined;
  if (claimed.type !== found.type) return `${place} is ${claimed.type}, not ${found.type}`;
  const part = (a: Thunk, b: Thunk, name: string): string | undefined =>
    contradiction({ ...partial, thunk: a }, { ...actual, thunk: b }, `${place}.${name}`, compared);
  return differs(claimed, found, place, part);
}

function differs(
  claimed: Value,
  found: Value,
  place: string,
  part: (a: Thunk, b: Thunk, name: string) => string | undefined,
): string | undefined {
  if (claimed.type === "list" && found.type === "list") {
    const tooLong = claimed.elements.length > found.elements.length;
    if (tooLong || (!claimed.open && claimed.elements.length < found.elements.length)) {
      return `${place} has ${claimed.elements.length} elements, not ${found.elements.length}`;
    }
    if (claimed.open) return undefined;
    return firstOf(claimed.elements, (element, i) => part(element, found.elements[i] as Thunk, String(i)));
  }
  if (claimed.type === "attrs" && found.type === "attrs") {
    const missing = [...found.attrs.keys()].find((name) => !claimed.attrs.has(name));
    if (missing !== undefined && !claimed.open) return `${place} lacks ${missing}`;
    // A derivation holds itself, under the names of its outputs and in `all`: what it is, these say.
    const told = ["drvPath", "name", "outPath", "outputName", "system", "type"];
    const isDerivation = found.attrs.has("drvPath");
    return firstOf([...claimed.attrs], ([name, { value }]) => {
      if (isDerivation && !told.includes(name)) return undefined;
      const other = found.attrs.get(name)?.value;
      return other === undefined ? `${place} has ${name}` : part(value, other, name);
    });
  }
  const scalar = "value" in claimed && "value" in found;
  return scalar && claimed.value !== found.value && !Number.isNaN(claimed.value)
    ? `${place} is ${String(claimed.value)}, not ${String(found.value)}`
    : undefined;
}

function firstOf<T>(
  items: readonly T[],
  find: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
