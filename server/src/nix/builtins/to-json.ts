/**
 * `builtins.toJSON`: a value as JSON text, names in byte order, evaluated deeply.
 *
 *   toJson({ b = 1.5; a = [ null true ]; })  ->  {"a":[null,true],"b":1.5}
 */
import { fail, Undecided } from "../errors.ts";
import { expectClosedAttrs, expectClosedList, expectString, findAttr, showType } from "../expect.ts";
import { apply, type Eval } from "../machine.ts";
import { string } from "../make.ts";
import { sortedAttrs } from "../order.ts";
import { Thunk } from "../thunk.ts";
import type { StringValue, Value } from "../value.ts";
import { jsonFloat, quoteJson } from "./json-text.ts";

/** The text, with the context of all strings in it; Unknown if any part is. Throws for a function. */
export function toJson(value: Thunk): Eval<StringValue> {
  return jsonOf(value, true);
}

/** Yielded, not delegated to, for parts: the depth of the data must not be that of the stack. */
function* jsonOf(thunk: Thunk, copyToStore: boolean): Eval<StringValue> {
  let value: Value = yield thunk;
  while (value.type === "attrs") {
    const method = findAttr(value, "__toString");
    const stand: Thunk | undefined = method ? apply(method, Thunk.of(value)) : findAttr(value, "outPath");
    if (stand === undefined) return yield* jsonObject(expectClosedAttrs(value), copyToStore);
    value = yield stand;
    // A path that `__toString` gives is not copied to the store.
    if (method) copyToStore = false;
  }
  switch (value.type) {
    case "null":
      return string("null");
    case "bool":
    case "int":
      return string(String(value.value));
    case "float":
      return string(jsonFloat(value.value));
    case "string":
      return string(quoteJson(value.value), value.context);
    case "path":
      if (!copyToStore) return string(quoteJson(value.value));
      throw new Undecided({
        type: "unknown",
        reason: `the store path of ${value.value} is not computed`,
        origins: value.origins,
      });
    case "list": {
      const parts = new Parts();
      for (const element of expectClosedList(value).elements)
        parts.add(expectString(yield jsonOf(element, copyToStore)));
      return string(`[${parts.texts.join(",")}]`, parts.context);
    }
    case "unknown":
      throw new Undecided(value);
    default:
      return fail("error", `cannot convert ${showType(value)} to JSON`);
  }
}

function* jsonObject(set: Value & { type: "attrs" }, copyToStore: boolean): Eval<StringValue> {
  const parts = new Parts();
  for (const [name, attribute] of sortedAttrs(set))
    parts.add(expectString(yield jsonOf(attribute.value, copyToStore)), `${quoteJson(name)}:`);
  return string(`{${parts.texts.join(",")}}`, parts.context);
}

class Parts {
  readonly texts: string[] = [];
  readonly context = new Set<string>();

  add(part: StringValue, prefix = ""): void {
    this.texts.push(prefix + part.value);
    for (const reference of part.context ?? []) this.context.add(reference);
  }
}
