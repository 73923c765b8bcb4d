/**
 * `builtins.toJSON`: a value as JSON text, names in byte order, evaluated deeply.
 *
 *   toJson({ b = 1.5; a = [ null true ]; })  ->  {"a":[null,true],"b":1.5}
 */
import { storeCopy } from "../copy-to-store.ts";
import { fail, Undecided } from "../errors.ts";
import { expectClosedAttrs, expectClosedList, expectString, findAttr, showType } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { joinTexts } from "../limits.ts";
import { string } from "../make.ts";
import { sortedAttrs } from "../order.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { AttrsValue, StringValue, Value } from "../value.ts";
import { jsonFloat, quoteJson } from "./json-text.ts";

/** Nix's own limit on nested calls. */
const MAX_DEPTH = 10_000;

/** The text, with the context of all strings in it; Unknown if any part is. Throws for a function. */
export function toJson(value: Thunk): Eval<StringValue> {
  return jsonOf(value, 0, true);
}

/** Yielded, not delegated to, for parts: the depth of the data must not be that of the stack. */
function* jsonOf(thunk: Thunk, depth: number, copyToStore: boolean): Eval<StringValue> {
  if (depth > MAX_DEPTH) fail("error", "stack overflow; max-call-depth exceeded");
  let value: Value = yield thunk;
  let converted = false;
  while (value.type === "attrs") {
    const method = findAttr(value, "__toString");
    const stand: Thunk | undefined = method ? apply(method, Thunk.of(value)) : findAttr(value, "outPath");
    if (stand === undefined) {
      if (converted) break;
      return yield* jsonObject(expectClosedAttrs(value), depth, copyToStore);
    }
    value = yield stand;
    converted = method !== undefined;
    // A path that `__toString` gives is not copied to the store.
    if (converted) copyToStore = false;
  }
  if (converted && value.type !== "string" && value.type !== "path" && value.type !== "unknown")
    fail("error", `\`__toString\` should return a string, but got ${showType(value)}`);
  switch (value.type) {
    case "null":
      return string("null");
    case "bool":
    case "int":
      return string(String(value.value));
    case "float":
      return string(jsonFloat(value.value));
    case "string":
      if (/[\ud800-\udfff]/u.test(value.value)) fail("error", "JSON serialization error: invalid UTF-8");
      return string(quoteJson(value.value), value.context);
    case "path":
      if (!copyToStore) return string(quoteJson(value.value));
      {
        const copy = expectString(yield storeCopy(value.value));
        return string(quoteJson(copy.value), copy.context);
      }
    case "list": {
      const parts = new Parts();
      for (const element of expectClosedList(value).elements)
        parts.add(expectString(yield jsonOf(element, depth + 1, copyToStore)));
      return string(`[${joinTexts(parts.texts, ",")}]`, parts.context);
    }
    case "unknown":
      throw new Undecided(value);
    default:
      return fail("error", `cannot convert ${showType(value)} to JSON`, value.origins?.[0]);
  }
}

function* jsonObject(set: AttrsValue, depth: number, copyToStore: boolean): Eval<StringValue> {
  const parts = new Parts();
  for (const [name, attribute] of sortedAttrs(set))
    parts.add(expectString(yield jsonOf(attribute.value, depth + 1, copyToStore)), `${quoteJson(name)}:`);
  return string(`{${joinTexts(parts.texts, ",")}}`, parts.context);
}

class Parts {
  readonly texts: string[] = [];
  readonly context = new Set<string>();

  add(part: StringValue, prefix = ""): void {
    this.texts.push(prefix + part.value);
    for (const reference of part.context ?? []) this.context.add(reference);
  }
}
