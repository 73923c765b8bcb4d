/**
 * `lib.generators.toPretty`: any value as Nix code a person can read.
 *
 *   toPretty { } { a = [ 1 ]; }  ->  "{\n  a = [\n    1\n  ];\n}"
 */
import { jsonFloat } from "../builtins/json-text.ts";
import { Undecided } from "../errors.ts";
import { expectAttrs, expectBool, expectClosedAttrs, expectClosedList, expectString } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { string } from "../make.ts";
import { sortedAttrs } from "../order.ts";
import type { Eval } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { AttrsValue, StringValue, Value } from "../value.ts";
import { isDerivation } from "./attrsets.ts";
import { quotedIdentifier } from "./escaping.ts";
import { isCallable, like, textOf } from "./native.ts";
import { libFunctionArgs } from "./trivial.ts";

interface Style {
  readonly prettyValues: boolean;
  readonly multiline: boolean;
}

export function* toPretty(options: Thunk, value: Thunk): Eval<Value> {
  const given = expectAttrs(yield options).attrs;
  const flag = function* (name: string, fallback: boolean): Eval<boolean> {
    const option = given.get(name);
    return option ? expectBool(yield option.value).value : fallback;
  };
  const style = {
    prettyValues: yield* flag("allowPrettyValues", false),
    multiline: yield* flag("multiline", true),
  };
  const indent = given.get("indent");
  return yield pretty(value, style, indent ? expectString(yield indent.value).value : "");
}

/** Yielded, not delegated to, for parts. */
function* pretty(thunk: Thunk, style: Style, indent: string): Eval<StringValue> {
  const value = yield thunk;
  switch (value.type) {
    case "unknown":
      throw new Undecided(value);
    case "null":
      return string("null");
    case "bool":
    case "int":
    case "path":
      return string(String(value.value));
    case "float":
      return string(jsonFloat(value.value));
    case "string":
      return like(value, prettyString(value.value, style, indent));
    case "list": {
      const parts: string[] = [];
      for (const element of expectClosedList(value).elements)
        parts.push(expectString(yield pretty(element, style, `${indent}  `)).value);
      return string(wrapped("[", parts, "]", style, indent));
    }
    default:
      if (yield* isCallable(value)) return string(yield* functionText(thunk));
      return yield* prettySet(expectAttrs(value), style, indent);
  }
}

function wrapped(
  open: string,
  parts: readonly string[],
  close: string,
  style: Style,
  indent: string,
): string {
  if (parts.length === 0) return `${open} ${close}`;
  const inner = style.multiline ? `\n${indent}  ` : " ";
  const outer = style.multiline ? `\n${indent}` : " ";
  return `${open}${inner}${parts.join(inner)}${outer}${close}`;
}

function prettyString(text: string, style: Style, indent: string): string {
  const lines = text.split("\n");
  if (!style.multiline || lines.length === 1) {
    const escaped = lines.map((line) => line.replace(/[\\"]|\$\{/g, "\\$&"));
    return `"${escaped.join("\\n")}"`;
  }
  const inner = `\n${indent}  `;
  const escaped = lines.map((line) => line.replaceAll("''", "'''").replaceAll("${", "''${"));
  const last = escaped.pop() ?? "";
  const end = last === "" ? `\n${indent}` : inner + last;
  return `''${inner}${escaped.join(inner)}${end}''`;
}

function* functionText(fn: Thunk): Eval<string> {
  const formals = sortedAttrs(expectAttrs(yield libFunctionArgs(fn)));
  if (formals.length === 0) return "<function>";
  const shown: string[] = [];
  for (const [name, { value }] of formals) shown.push(expectBool(yield value).value ? `${name}?` : name);
  return `<function, args: {${shown.join(", ")}}>`;
}

function* prettySet(set: AttrsValue, style: Style, indent: string): Eval<StringValue> {
  const [print, content] = [set.attrs.get("__pretty"), set.attrs.get("val")];
  if (style.prettyValues && print && content) return yield* textOf(apply(print.value, content.value));
  if (yield* isDerivation(set)) {
    const name = set.attrs.get("name");
    return string(`<derivation ${name ? (yield* textOf(name.value)).value : "???"}>`);
  }
  const parts: string[] = [];
  for (const [name, { value }] of sortedAttrs(expectClosedAttrs(set))) {
    const text = expectString(yield pretty(value, style, `${indent}  `)).value;
    parts.push(`${quotedIdentifier(name)} = ${text};`);
  }
  return string(wrapped("{", parts, "}", style, indent));
}
