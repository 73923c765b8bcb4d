/**
 * `lib.recursiveUpdate` and `recursiveUpdateUntil`: `//` that goes into sets both sides have. Attributes
 * keep the places both sides wrote them.
 *
 *   recursiveUpdate({ a.x = 1; a.y = 1; }, { a.x = 2; })  ->  { a = { x = 2; y = 1; }; }
 *
 * Below an unknown part of one side, what the other side surely has stays known.
 */
import { expectAttrs, expectBool } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attr, attrsOf, list, string } from "../make.ts";
import { mergeNodes, updateAttrs } from "../merge.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Attr, AttrsValue, Unknown, Value } from "../value.ts";

/** Whether the right value replaces the left one as a whole, at `path`. Both are known. */
type Decision = (path: readonly string[], left: Thunk, right: Thunk) => Eval<boolean>;

export function* recursiveUpdate(left: Thunk, right: Thunk): Eval<Value> {
  return mergeSets(expectSet(yield left), expectSet(yield right), [], isLeaf);
}

export function* recursiveUpdateUntil(pred: Thunk, left: Thunk, right: Thunk): Eval<Value> {
  const decide: Decision = function* (path, a, b) {
    const names = path.map((name) => Thunk.of(string(name)));
    return expectBool(yield apply(pred, Thunk.of(list(names)), a, b)).value;
  };
  return mergeSets(expectSet(yield left), expectSet(yield right), [], decide);
}

function* isLeaf(_path: readonly string[], left: Thunk, right: Thunk): Eval<boolean> {
  return (yield left).type !== "attrs" || (yield right).type !== "attrs";
}

/** An unknown set is an open one of which nothing is known. */
function expectSet(value: Value): AttrsValue {
  return value.type === "unknown" ? attrsOf(new Map(), value.origins, value) : expectAttrs(value);
}

function mergeSets(
  left: AttrsValue,
  right: AttrsValue,
  path: readonly string[],
  decide: Decision,
): AttrsValue {
  const merged = new Map<string, Attr>();
  for (const [name, mine] of left.attrs) {
    const theirs = right.attrs.get(name) ?? (right.open && perhaps(right.open));
    merged.set(name, theirs ? mergeAttr(mine, theirs, [...path, name], decide) : mine);
  }
  for (const [name, theirs] of right.attrs) {
    if (merged.has(name)) continue;
    merged.set(name, left.open ? mergeAttr(perhaps(left.open), theirs, [...path, name], decide) : theirs);
  }
  return attrsOf(merged, mergeNodes(left.origins, right.origins), right.open ?? left.open);
}

/** What an open side may have under a name. */
function perhaps(open: Unknown): Attr {
  return attr(Thunk.of(open));
}

function mergeAttr(left: Attr, right: Attr, path: readonly string[], decide: Decision): Attr {
  return attr(
    new Thunk(() => mergeValues(left.value, right.value, path, decide), right.value.node ?? left.value.node),
    mergeNodes(left.keys, right.keys),
  );
}

function* mergeValues(left: Thunk, right: Thunk, path: readonly string[], decide: Decision): Eval<Value> {
  const [a, b] = [yield left, yield right];
  if (a.type === "unknown" && b.type === "unknown") return updateAttrs(a, b);
  // Beside an unknown side, a set is taken to be merged.
  const replaced =
    a.type === "unknown" || b.type === "unknown"
      ? a.type !== "attrs" && b.type !== "attrs"
      : yield* decide(path, left, right);
  if (!replaced) return mergeSets(expectSet(a), expectSet(b), path, decide);
  return b.type === "unknown" ? { ...b, alternatives: [...(b.alternatives ?? []), left] } : b;
}
