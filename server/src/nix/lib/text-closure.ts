/**
 * `lib.stringsWithDeps`: texts that must come after other texts.
 *
 *   textClosureList({ a = noDepEntry "A"; b = fullDepEntry "B" [ "a" ]; }, [ "b" ])  ->  [ "A" "B" ]
 */
import { fail } from "../errors.ts";
import { expectAttrs, expectClosedList, expectString, findAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attrs, list, string } from "../make.ts";
import type { Eval } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { ListValue, StringValue } from "../value.ts";
import { joined, lazily, type Members, textOf } from "./native.ts";

export function textClosureMembers(): Members {
  return lazily({
    noDepEntry: (text) => attrs({ text, deps: list([]) }),
    fullDepEntry: (text, deps) => attrs({ text, deps }),
    packEntry: (deps) => attrs({ deps, text: string("") }),
    stringAfter: (deps, text) => attrs({ text, deps }),
    textClosureList: textClosureList,
    textClosureMap: function* (fn, predefined, names) {
      const texts: StringValue[] = [];
      for (const text of (yield* textClosureList(predefined, names)).elements)
        texts.push(yield* textOf(apply(fn, text)));
      return joined(texts, "\n");
    },
  });
}

/** Each text once, after the texts its entry names. `names` may also hold entries. */
function* textClosureList(predefined: Thunk, names: Thunk): Eval<ListValue> {
  const texts: Thunk[] = [];
  const done = new Set<string>();
  /** Names and entries still to do, and texts whose dependencies are done; the next one is last. */
  const todo: { part: Thunk; ready: boolean }[] = [];
  const push = (parts: readonly Thunk[]): void => {
    for (const part of parts.toReversed()) todo.push({ part, ready: false });
  };
  push(expectClosedList(yield names).elements);
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (next.ready) {
      texts.push(next.part);
      continue;
    }
    const value = yield next.part;
    if (value.type === "attrs") {
      const text = findAttr(value, "text") ?? fail("error", "attribute 'text' missing");
      const deps = findAttr(value, "deps") ?? fail("error", "attribute 'deps' missing");
      todo.push({ part: text, ready: true });
      push(expectClosedList(yield deps).elements);
      continue;
    }
    const name = expectString(value).value;
    if (done.has(name)) continue;
    done.add(name);
    push([findAttr(expectAttrs(yield predefined), name) ?? fail("error", `attribute '${name}' missing`)]);
  }
  return list(texts);
}
