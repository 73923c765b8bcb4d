/**
 * Attribute selection on partial values: what an open set lacks, or an unknown might hold, is Unknown. From
 * an Unknown with alternatives one selects in each of them.
 *
 *   (if unknown then { a = 1; } else { a = 2; }).a   ->   Unknown, alternatives 1 and 2
 */
import type { Node } from "../syntax/ast.ts";
import type { Delay } from "./compile/code.ts";
import type { Env } from "./env.ts";
import { derived, failMissing } from "./errors.ts";
import { mayHave, mismatch } from "./expect.ts";
import type { Interpreter } from "./interpreter.ts";
import { unknown } from "./make.ts";
import { similarNames, slipsOf } from "./similar-names.ts";
import { andThen, type Step } from "./step.ts";
import { Thunk } from "./thunk.ts";
import type { AttrsValue, Unknown, Value } from "./value.ts";

/** The attribute `name` of `set`; `node` is where the name is written. */
export function selectAttr(set: Thunk, name: string, node: Node, interpreter: Interpreter): Step {
  return andThen(interpreter.force(set), (value) => selectFrom(value, name, node, interpreter));
}

/**
 * As selectAttr, of a value. `fallback` makes, in `env`, the `or` part: for a missing attribute, or no set at all.
 * An error is told at `whole`, which begins with the set, as in Nix.
 */
export function selectFrom(
  value: Value,
  name: string,
  node: Node,
  interpreter: Interpreter,
  fallback?: Delay,
  env?: Env,
  whole: Node = node,
): Step {
  if (value.type === "attrs") {
    const found = value.attrs.get(name);
    if (found) return interpreter.force(found.value);
    const doubt = mayHave(value, name);
    if (doubt) {
      if (fallback) return unknown(doubt.reason, node, [fallback(env, interpreter)]);
      const meant = misspeltName(value, name);
      if (meant) return failMissing(name, whole, meant, true);
      return derived(doubt);
    }
  } else if (value.type === "unknown") {
    return selectFromUnknown(value, name, node, interpreter, fallback, env);
  } else if (!fallback) {
    return mismatch(value, "a set", whole);
  }
  if (fallback) return interpreter.force(fallback(env, interpreter));
  const names = value.type === "attrs" ? value.attrs.keys() : [];
  const isOfWhole = value.type === "attrs" && value.isWhole === true;
  const namesOf = value.type === "attrs" ? value.namesOf : undefined;
  return failMissing(name, whole, similarNames(name, names), isOfWhole, namesOf);
}

/** The names of a library that it surely is a slip of. */
function misspeltName({ attrs, open }: AttrsValue, name: string): readonly string[] | undefined {
  const vocabulary = open?.vocabulary;
  if (vocabulary === undefined || vocabulary.has(name)) return undefined;
  return slipsOf(name, [...attrs.keys(), ...vocabulary]);
}

function selectFromUnknown(
  value: Unknown,
  name: string,
  node: Node,
  interpreter: Interpreter,
  fallback: Delay | undefined,
  env: Env | undefined,
): Unknown {
  const alternatives = (value.alternatives ?? []).map(
    (alternative) =>
      new Thunk(
        () =>
          andThen(interpreter.force(alternative), (set) =>
            selectFrom(set, name, node, interpreter, fallback, env),
          ),
        node,
      ),
  );
  if (fallback && value.alternatives === undefined) alternatives.push(fallback(env, interpreter));
  return alternatives.length > 0 ? { ...derived(value), alternatives } : derived(value);
}
