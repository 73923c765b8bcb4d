/**
 * What fails inside a value: in the elements of a list, and in sets among them, which are no options of their own.
 *
 *   [ { port = settings.prot; } ]   ->   attribute 'prot' missing
 */
import type { Eval } from "../nix/step.ts";
import type { Thunk } from "../nix/thunk.ts";
import type { Failure, Outcome } from "../nix/value.ts";
import type { Node } from "../syntax/ast.ts";
import { attempt } from "./properties.ts";

/** What is written this deep is data that a program made. */
const DEPTH = 8;

/** Only what is written in the file of `around` is looked at: all else is somebody's value that is passed on. */
export function* failuresInside(outcome: Outcome, around: Node, depth = 0): Eval<Failure[]> {
  if (depth > DEPTH) return [];
  const found: Failure[] = [];
  for (const part of partsOf(outcome, depth)) {
    if (part.node !== undefined && part.node.source !== around.source) continue;
    const inner = yield* attempt(part);
    if (inner.type === "failure") found.push({ ...inner, origins: inner.origins ?? [part.node ?? around] });
    else if (isWrittenIn(inner, around)) found.push(...(yield* failuresInside(inner, around, depth + 1)));
  }
  return found;
}

/** Attributes of an option's own value are options below it. */
function partsOf(outcome: Outcome, depth: number): readonly Thunk[] {
  if (outcome.type === "list") return outcome.elements;
  if (outcome.type !== "attrs" || depth === 0 || outcome.attrs.has("_type")) return [];
  return [...outcome.attrs.values()].map(({ value }) => value);
}

function isWrittenIn({ origins }: Outcome, { source }: Node): boolean {
  return origins?.[0]?.source === source;
}
