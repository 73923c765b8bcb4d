/**
 * `//` and `++` on partial values. What an unknown right side might replace is no longer known, but what it
 * might replace stays as an alternative.
 *
 *   unknown // { a = 1; }   ->   { a = 1; } open
 *   { a = 1; } // unknown   ->   { a = Unknown, perhaps 1; } open
 */
import type { Node } from "../syntax/ast.ts";
import { NixError } from "./errors.ts";
import { mismatch } from "./expect.ts";
import { withEntries } from "./layered-map.ts";
import { listRoom } from "./limits.ts";
import { attrsOf, list } from "./make.ts";
import type { Eval } from "./step.ts";
import { Thunk } from "./thunk.ts";
import type { Attr, AttrsValue, ListValue, Unknown, Value } from "./value.ts";

/** Enough to find where a value comes from; a fold over thousands of sets must stay linear. */
const MAX_ORIGINS = 64;

/** `left // right`, written at `node`. */
export function updateAttrs(left: Value, right: Value, node?: Node): AttrsValue | Unknown {
  if (left.type === "unknown" && right.type === "unknown") return bothUnknown(left, right);
  const a = asOpenSet(left, node);
  const b = asOpenSet(right, node);
  const origins = mergeNodes(a.origins, b.origins);
  if (a.attrs.size === 0 && !a.open) return { ...b, origins };
  if (b.attrs.size === 0 && !b.open) return { ...a, origins };
  const kept = b.open ? perhapsReplaced(a.attrs, b.open) : a.attrs;
  const added = new Map<string, Attr>();
  for (const [name, attribute] of b.attrs) {
    const keys = kept.get(name)?.keys;
    const both = keys?.length ? mergeNodes(keys, attribute.keys) : undefined;
    added.set(name, both ? { value: attribute.value, keys: both } : attribute);
  }
  // Names that only a library has are those of the result if the other side has no others.
  const open = b.open?.vocabulary === undefined ? (b.open ?? a.open) : (a.open ?? b.open);
  return attrsOf(withEntries(kept, added), origins, open);
}

/** `left ++ right`, written at `node`. */
export function concatLists(left: Value, right: Value, node?: Node): ListValue | Unknown {
  if (left.type === "unknown" && right.type === "unknown") return bothUnknown(left, right);
  const a = asOpenList(left, node);
  const b = asOpenList(right, node);
  const origins = mergeNodes(a.origins, b.origins);
  if (a.elements.length === 0 && !a.open) return { ...b, origins };
  if (b.elements.length === 0 && !b.open) return { ...a, origins };
  listRoom(a.elements.length + b.elements.length);
  return list(a.elements.concat(b.elements), origins, a.open ?? b.open);
}

/** Nothing is known of it but where its parts come from. */
function bothUnknown(left: Unknown, right: Unknown): Unknown {
  const origins = mergeNodes(left.origins, right.origins);
  return { type: "unknown", reason: left.reason, origins, alternatives: undefined };
}

/** Both, without repetitions, the earlier first. */
export function mergeNodes(
  a: readonly Node[] | undefined,
  b: readonly Node[] | undefined,
): readonly Node[] | undefined {
  if (!a?.length) return b;
  if (!b?.length || a === b) return a;
  const added = b.filter((node) => !a.includes(node));
  return added.length === 0 || a.length >= MAX_ORIGINS ? a : [...a, ...added].slice(0, MAX_ORIGINS);
}

function asOpenSet(value: Value, node: Node | undefined): AttrsValue {
  if (value.type === "unknown") return attrsOf(new Map(), value.origins, value);
  return value.type === "attrs" ? value : mismatch(value, "a set", node);
}

function asOpenList(value: Value, node: Node | undefined): ListValue {
  if (value.type === "unknown") return list([], value.origins, value);
  return value.type === "list" ? value : mismatch(value, "a list", node);
}

/** The attributes after a merge with what may or may not have them. */
function perhapsReplaced(attributes: ReadonlyMap<string, Attr>, by: Unknown): Map<string, Attr> {
  return new Map(
    [...attributes].map(([name, { value, keys }]) => [
      name,
      { value: new Thunk(() => valueUnlessReplaced(name, value, by), value.node), keys },
    ]),
  );
}

function* valueUnlessReplaced(name: string, value: Thunk, by: Unknown): Eval<Value> {
  const alternatives = [value];
  let mayReplace = by.alternatives === undefined;
  for (const alternative of by.alternatives ?? []) {
    try {
      const set = yield alternative;
      if (set.type !== "attrs" || set.open) mayReplace = true;
      const replacement = set.type === "attrs" ? set.attrs.get(name) : undefined;
      if (replacement) alternatives.push(replacement.value);
    } catch (error) {
      // An alternative that fails is not taken.
      if (!(error instanceof NixError) || error.failure.kind === "budget") throw error;
    }
  }
  if (!mayReplace && alternatives.length === 1) return yield value;
  return { type: "unknown", reason: by.reason, origins: by.origins, alternatives };
}
