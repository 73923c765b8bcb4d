/**
 * Option types and option paths in the words nixpkgs uses for them.
 *
 *   describeType({ kind: "listOf", of: { kind: "str" } })   ->   "list of string"
 *   showOption(["machines", "web.example"])                 ->   machines."web.example"
 */

import { eachOnce, shortened } from "./each-once.ts";
import type { OptionType } from "./option-type.ts";

/** How a description may be embedded in another one without parentheses (`descriptionClass` in nixpkgs). */
type Phrase = "noun" | "conjunction" | "composite" | "clause" | "other";

/** As in nixpkgs: "null or string", "attribute set of (submodule)", "one of \"a\", \"b\"". */
export function describeType(type: OptionType): string {
  return phrase(type).text;
}

/** The path as Nix code would write it. */
export function showOption(path: readonly string[]): string {
  return path.map(showName).join(".");
}

function showName(name: string): string {
  // "<name>" and "*" stand for any attribute or element in documentation.
  if (/^[a-zA-Z_][a-zA-Z0-9_'-]*$/.test(name) || /^<.*>$/.test(name) || name === "*") return name;
  return JSON.stringify(name).replaceAll("${", "\\${");
}

interface Said {
  readonly text: string;
  readonly as: Phrase;
}

const phrase = eachOnce<Said>({ text: "…", as: "noun" }, (type) => {
  const { text, as } = say(type);
  return { text: shortened(text), as };
});

function say(type: OptionType): Said {
  switch (type.kind) {
    case "bool":
      return { text: "boolean", as: "noun" };
    case "int":
      return describeInt(type.min, type.max);
    case "float":
      return { text: "floating point number", as: "noun" };
    case "str":
      return { text: describeString(type), as: "noun" };
    case "enum":
      return describeEnum(type.values);
    case "path":
      return { text: "absolute path", as: "noun" };
    case "package":
      return { text: "package", as: "noun" };
    case "nullOr":
      return { text: `null or ${embed(type.of, "noun", "conjunction")}`, as: "conjunction" };
    case "listOf": {
      const text = `list of ${embed(type.of, "noun", "composite")}`;
      return type.nonEmpty ? { text: `non-empty (${text})`, as: "noun" } : { text, as: "composite" };
    }
    case "attrsOf": {
      if (type.shallow) return { text: "attribute set", as: "other" };
      const lazy = type.lazy ? "lazy " : "";
      return { text: `${lazy}attribute set of ${embed(type.of, "noun", "composite")}`, as: "composite" };
    }
    case "submodule":
      return type.options.freeform
        ? { text: `open submodule of ${embed(type.options.freeform, "noun", "composite")}`, as: "other" }
        : { text: "submodule", as: "other" };
    case "unique":
      return phrase(type.of);
    case "either":
      return describeEither(type.of);
    case "coercedTo":
      return {
        text: `${embed(type.to, "noun")} or ${embed(type.from, "noun")} convertible to it`,
        as: "conjunction",
      };
    case "deferredModule":
      return { text: "module", as: "noun" };
    case "settings":
      return { text: "attribute set of plain data", as: "noun" };
    case "functionTo":
      return {
        text: `function that evaluates to a(n) ${embed(type.of, "noun", "composite")}`,
        as: "composite",
      };
    case "raw":
      return { text: "raw value", as: "noun" };
    case "anything":
      return { text: type.unspecified ? "unspecified value" : "anything", as: "noun" };
    case "undeclared":
      return { text: "option that is declared elsewhere", as: "noun" };
    case "opaque":
      return { text: type.description, as: "noun" };
  }
}

/** In parentheses, unless it reads well as one of `plain`. */
function embed(type: OptionType, ...plain: readonly Phrase[]): string {
  const { text, as } = phrase(type);
  return plain.includes(as) ? text : `(${text})`;
}

function describeInt(min: number | undefined, max: number | undefined): { text: string; as: Phrase } {
  if (min === undefined && max === undefined) return { text: "signed integer", as: "noun" };
  if (max === undefined) {
    if (min === 0) return { text: "unsigned integer, meaning >=0", as: "clause" };
    if (min === 1) return { text: "positive integer, meaning >0", as: "clause" };
    return { text: `integer, at least ${min}`, as: "clause" };
  }
  if (min === undefined) return { text: `integer, at most ${max}`, as: "clause" };
  const range = `between ${min} and ${max} (both inclusive)`;
  for (const bits of [8, 16, 32]) {
    if (min === 0 && max === 2 ** bits - 1)
      return { text: `${bits} bit unsigned integer; ${range}`, as: "noun" };
    if (min === -(2 ** (bits - 1)) && max === 2 ** (bits - 1) - 1)
      return { text: `${bits} bit signed integer; ${range}`, as: "noun" };
  }
  return { text: `integer ${range}`, as: "noun" };
}

function describeString(type: OptionType & { kind: "str" }): string {
  if (type.singleLine) return "(optionally newline-terminated) single-line string";
  if (type.pattern !== undefined) return `string matching the pattern ${type.pattern}`;
  if (type.separator !== undefined) return `strings concatenated with ${JSON.stringify(type.separator)}`;
  return type.nonEmpty ? "non-empty string" : "string";
}

function describeEnum(values: readonly unknown[]): { text: string; as: Phrase } {
  const shown = values.map((value) => JSON.stringify(value));
  if (shown.length === 0) return { text: "impossible (empty enum)", as: "noun" };
  if (shown.length === 1) return { text: `value ${shown[0]} (singular enum)`, as: "noun" };
  return { text: `one of ${shown.join(", ")}`, as: "conjunction" };
}

/** nixpkgs' `oneOf` nests `either` to the left: only a composite on the right needs no parentheses. */
function describeEither(alternatives: readonly OptionType[]): { text: string; as: Phrase } {
  const [first, ...others] = alternatives;
  if (first === undefined) return { text: "impossible (no alternative)", as: "noun" };
  const { text, as } = phrase(first);
  const start = as === "clause" ? `${text},` : as === "noun" || as === "conjunction" ? text : `(${text})`;
  const rest = others.map((type) => embed(type, "noun", "conjunction", "composite"));
  return { text: [start, ...rest].join(" or "), as: "conjunction" };
}
