/**
 * Nothing is claimed about what is unknown: where an expression has a value, the same expression with one of
 * its inputs unknown has that value or leaves it open, part by part. It neither differs nor fails.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { unknown } from "../../../server/src/nix/make.ts";
import type { Thunk } from "../../../server/src/nix/thunk.ts";
import type { Value } from "../../../server/src/nix/value.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { arbitraryExpression, inContext } from "../../conformance/expressions.ts";
import { fileHost } from "../helpers/file-host.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();
const host = fileHost(parser);
const RUNS = Number(process.env.SOUNDNESS_RUNS ?? 400);

/** What is evaluated, and with which evaluator. */
interface Run {
  readonly evaluator: Evaluator;
  readonly thunk: Thunk;
}

function run(text: string): Run {
  const evaluator = new Evaluator(host, { globals: new Map([["u", unknown("u")]]) });
  return { evaluator, thunk: evaluator.evalSource(parseNix(parser, "/x.nix", text)) };
}

/** Where the partial value contradicts the actual one, or undefined. */
function contradiction(
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

it("agrees with the value, or leaves it open", () => {
  const names = fc.subarray(["xi", "xs", "xl", "xb", "xf", "xa"], { minLength: 1 });
  fc.assert(
    fc.property(arbitraryExpression(), names, (expression, unknowns) => {
      const hidden = unknowns.map((name) => `${name}: `).join("");
      const actual = run(inContext(expression));
      const partial = run(inContext(`(${hidden}${expression})${" u".repeat(unknowns.length)}`));
      expect(contradiction(partial, actual)).toBeUndefined();
    }),
    {
      numRuns: RUNS,
      examples: [["(let xa = rec { a = null; b = a; __overrides = { a = xa; }; }; in xa)", ["xa"]]],
    },
  );
});
