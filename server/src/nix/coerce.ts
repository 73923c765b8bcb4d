/**
 * How Nix turns a value into a string, in interpolation (`"${x}"`), `toString` and many builtins.
 *
 *   coerceToString([1 [2 3]], { coerceMore: true })   ->   "1 2 3"
 */
import type { Node } from "../syntax/ast.ts";
import { storeCopy } from "./copy-to-store.ts";
import { failFor, Undecided } from "./errors.ts";
import { findAttr, showType } from "./expect.ts";
import { apply } from "./interpreter.ts";
import { TextBuilder } from "./limits.ts";
import { string } from "./make.ts";
import type { Eval } from "./step.ts";
import { Thunk } from "./thunk.ts";
import type { AttrsValue, ListValue, StringValue, Value } from "./value.ts";

export interface CoerceOptions {
  /** Also numbers, booleans, null and lists, as `toString` does. */
  readonly coerceMore?: boolean;
  /** A path becomes the store path of its copy, as in interpolation. */
  readonly copyToStore?: boolean;
  /** Where the string is wanted, for the error. */
  readonly node?: Node | undefined;
}

/** Throws Undecided if a part is unknown, NixError if the value is none that becomes a string. */
export function* coerceToString(value: Value, options: CoerceOptions = {}): Eval<StringValue> {
  if (value.type === "string") return value;
  const text = new TextBuilder();
  const context = new Set<string>();
  /** Lists being joined, the innermost last. */
  const open: { list: ListValue; index: number }[] = [];
  let current: Value | undefined = value;
  for (;;) {
    while (current !== undefined) {
      switch (current.type) {
        case "attrs": {
          const set: AttrsValue = current;
          // What is open but has a known `outPath` is a flake: it becomes that path.
          const method = set.attrs.has("outPath")
            ? set.attrs.get("__toString")?.value
            : findAttr(set, "__toString");
          if (method) {
            current = yield apply(method, Thunk.of(set));
            continue;
          }
          const outPath = findAttr(set, "outPath");
          if (outPath === undefined) return notCoercible(set, options.node);
          current = yield outPath;
          continue;
        }
        case "list":
          if (!options.coerceMore) return notCoercible(current, options.node);
          if (current.open) throw new Undecided(current.open);
          open.push({ list: current, index: 0 });
          break;
        case "string":
          text.add(current.value);
          for (const reference of current.context ?? []) context.add(reference);
          break;
        case "path":
          if (options.copyToStore) {
            current = yield storeCopy(current.value);
            continue;
          }
          text.add(current.value);
          break;
        default:
          text.add(scalarText(current, options));
      }
      current = undefined;
    }
    const joining = open[open.length - 1];
    if (joining === undefined) return string(text.text, context);
    const { list, index } = joining;
    const previous = list.elements[index - 1]?.value;
    const next = list.elements[index];
    if (next === undefined) {
      open.pop();
      continue;
    }
    if (previous && !(previous.type === "list" && previous.elements.length === 0)) text.add(" ");
    joining.index++;
    current = yield next;
  }
}

function scalarText(
  value: Exclude<Value, { type: "string" | "path" | "list" | "attrs" }>,
  options: CoerceOptions,
): string {
  if (value.type === "unknown") throw new Undecided(value);
  if (options.coerceMore) {
    switch (value.type) {
      case "null":
        return "";
      case "bool":
        return value.value ? "1" : "";
      case "int":
        return String(value.value);
      case "float":
        return floatText(value.value);
    }
  }
  return notCoercible(value, options.node);
}

/** As C's `%f`. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Math.abs(value) < 1e21 ? value.toFixed(6) : `${BigInt(value)}.000000`;
}

function notCoercible(value: Value, node: Node | undefined): never {
  return failFor(value, `cannot coerce ${showType(value)} to a string`, node);
}
