/**
 * A value in one short line, for error messages; nothing is forced.
 *
 *   { a = «thunk»; b = 1; … }      [ 1 2 … ]      "some long te…"
 */
import type { Thunk } from "./thunk.ts";
import type { Value } from "./value.ts";

const MAX_ITEMS = 8;
const MAX_TEXT = 60;

export function printBrief(value: Value, nested = false): string {
  switch (value.type) {
    case "null":
      return "null";
    case "bool":
    case "int":
    case "float":
    case "path":
      return String(value.value);
    case "string":
      return quote(value.value.length > MAX_TEXT ? `${value.value.slice(0, MAX_TEXT)}…` : value.value);
    case "list": {
      if (nested) return value.elements.length > 0 ? "[ … ]" : "[ ]";
      const shown = value.elements.slice(0, MAX_ITEMS).map(printThunk);
      if (value.open || value.elements.length > MAX_ITEMS) shown.push("…");
      return ["[", ...shown, "]"].join(" ");
    }
    case "attrs": {
      if (nested) return value.attrs.size > 0 ? "{ … }" : "{ }";
      const names = [...value.attrs.keys()].sort().slice(0, MAX_ITEMS);
      const shown = names.map((name) => `${name} = ${printThunk(value.attrs.get(name)?.value)};`);
      if (value.open || value.attrs.size > MAX_ITEMS) shown.push("…");
      return ["{", ...shown, "}"].join(" ");
    }
    case "lambda":
      return "«lambda»";
    case "builtin":
      return value.args.length > 0 ? `«partially applied primop ${value.name}»` : `«primop ${value.name}»`;
    case "unknown":
      return `«unknown: ${value.reason}»`;
  }
}

function printThunk(thunk: Thunk | undefined): string {
  return thunk?.value ? printBrief(thunk.value, true) : "«thunk»";
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("${", "\\${").replaceAll("\n", "\\n")}"`;
}
