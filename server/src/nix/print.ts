/**
 * A value as `nix-instantiate --eval` prints it. What has not been evaluated prints as `<CODE>`, so force the
 * parts first for what `--strict` prints.
 *
 *   { a = 1; b = <CODE>; }      [ 1 «repeated» ]      { c = «unknown: the input foo is not available»; }
 */
import { displayFloat } from "./builtins/display-float.ts";
import { quoteName, quoteString } from "./nix-text.ts";
import { sortedAttrs } from "./order.ts";
import type { Thunk } from "./thunk.ts";
import type { Value } from "./value.ts";

/** Text ready to be written, or a part still to print. */
type Todo = string | Thunk;

/** Of a thunk that is not done: `<CODE>`. Data of any depth is fine. */
export function printValue(root: Thunk): string {
  let text = "";
  const seen = new Set<unknown>();
  const todo: Todo[] = [root];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (typeof next === "string") text += next;
    else if (next.value === undefined)
      text += next.state === "running" ? "«potential infinite recursion»" : "<CODE>";
    else text += printLayer(next, next.value, seen, todo);
  }
  return text;
}

/** What comes first of the value; the rest is left in `todo`, in reverse. */
function printLayer(thunk: Thunk, value: Value, seen: Set<unknown>, todo: Todo[]): string {
  switch (value.type) {
    case "null":
      return "null";
    case "bool":
    case "int":
    case "path":
      return String(value.value);
    case "float":
      return displayFloat(value.value);
    case "string":
      return quoteString(value.value);
    case "lambda":
      return "<LAMBDA>";
    case "builtin":
      return value.args.length > 0 ? "<PRIMOP-APP>" : "<PRIMOP>";
    case "unknown":
      return unknownText(value.reason);
    case "list": {
      // As in Nix, a list is the same if it is the same variable, a set if it is the same set.
      if (value.elements.length > 0 && isRepeated(thunk, seen)) return "«repeated»";
      todo.push("]");
      if (value.open) todo.push(`${unknownText(value.open.reason)} `);
      for (const element of value.elements.toReversed()) todo.push(" ", element);
      return "[ ";
    }
    case "attrs": {
      if (value.attrs.size > 0 && isRepeated(value.attrs, seen)) return "«repeated»";
      todo.push("}");
      if (value.open) todo.push(`${unknownText(value.open.reason)}; `);
      for (const [name, attribute] of sortedAttrs(value).toReversed()) {
        todo.push("; ", attribute.value, `${quoteName(name)} = `);
      }
      return "{ ";
    }
  }
}

function isRepeated(identity: unknown, seen: Set<unknown>): boolean {
  const repeated = seen.has(identity);
  seen.add(identity);
  return repeated;
}

function unknownText(reason: string): string {
  return `«unknown: ${reason}»`;
}
