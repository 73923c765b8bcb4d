/**
 * The marks on definitions that the module system reads.
 *
 *   mkIf(condition, content)  ->  { _type = "if"; condition = …; content = …; }
 */
import { fail } from "../errors.ts";
import { expectAttrs, expectClosedList, findAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attrs, int, list, string } from "../make.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";

/** The priority of a definition without a mark. */
export const DEFAULT_PRIORITY = 100;

/** `mkOverride` ("override") and `mkOrder` ("order"). */
export function prioritised(type: string, priority: Thunk, content: Thunk): Value {
  return attrs({ _type: string(type), priority, content });
}

export function mkIf(condition: Thunk, content: Thunk): Value {
  return attrs({ _type: string("if"), condition, content });
}

export function mkMerge(contents: Thunk): Value {
  return attrs({ _type: string("merge"), contents });
}

/** The definitions of `option` as definitions of another one, each changed by `wrap`. */
export function mkAliasDefinitions(option: Thunk, wrap: Thunk | undefined, keepPriority: boolean): Value {
  const part = (name: string): Thunk =>
    new Thunk(function* (): Eval<Value> {
      const found = findAttr(expectAttrs(yield option), name);
      return found ? yield found : fail("error", `attribute '${name}' missing`);
    });
  const definitions = keepPriority
    ? new Thunk(function* (): Eval<Value> {
        const priority =
          findAttr(expectAttrs(yield option), "highestPrio") ?? Thunk.of(int(DEFAULT_PRIORITY));
        const { elements } = expectClosedList(yield part("definitions"));
        return list(elements.map((value) => Thunk.of(prioritised("override", priority, value))));
      })
    : part("definitions");
  const merged = Thunk.of(mkMerge(definitions));
  return mkIf(part("isDefined"), wrap ? apply(wrap, merged) : merged);
}
