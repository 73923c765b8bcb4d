/**
 * Types and values in the words of someone who writes Nix: what to write, not what nixpkgs calls it.
 *
 *   sayType(attribute set of (submodule))   ->   "a set with a name for each, such as `{ name = { }; }`"
 *   sayValue(role: [ role ])                ->   "a function that lacks its argument `role`"
 */

import { sayingOnce } from "../../modules/each-once.ts";
import type { OptionType } from "../../modules/option-type.ts";
import { printSummary } from "../../nix/print-brief.ts";
import type { AttrsValue, BuiltinValue, LambdaValue, Outcome } from "../../nix/value.ts";

/** What may be written. */
export const sayType = sayingOnce(typeInWords);

function typeInWords(type: OptionType): string {
  switch (type.kind) {
    case "bool":
      return "`true` or `false`";
    case "int":
      return sayInteger(type.min, type.max);
    case "float":
      return "a number with a decimal point, such as `1.0`";
    case "str":
      return sayString(type);
    case "enum":
      return type.values.length === 0
        ? "nothing"
        : `one of ${type.values.map((one) => JSON.stringify(one)).join(", ")}`;
    case "path":
      return 'an absolute path, such as `./file` or `"/srv/data"`';
    case "package":
      return "a package, such as `pkgs.hello`";
    case "nullOr":
      return `\`null\` or ${sayType(type.of)}`;
    case "unique":
      return sayType(type.of);
    case "listOf":
      return `a list of ${plural(type.of)}${type.nonEmpty ? " that is not empty" : ""}`;
    case "attrsOf":
      return type.of.kind === "submodule"
        ? "a set with a name for each, such as `{ name = { }; }`"
        : `a set of ${plural(type.of)}, such as \`{ name = ${example(type.of)}; }\``;
    case "submodule":
      return "a set, `{ … }`";
    case "either":
      return joined(type.of.map(sayType));
    case "coercedTo":
      return joined([sayType(type.to), sayType(type.from)]);
    case "deferredModule":
      return "a module: a set, a function that makes one, or the path of its file";
    case "settings":
      return "a set of settings: plain data";
    case "functionTo":
      return `a function whose result is ${sayType(type.of)}`;
    case "raw":
    case "anything":
    case "undeclared":
      return "anything";
    case "opaque":
      return type.description;
  }
}

/** What is written instead. */
export function sayValue(value: Outcome): string {
  switch (value.type) {
    case "lambda":
      return sayFunction(value);
    case "builtin":
      return sayBuiltin(value);
    case "attrs":
      return saySet(value);
    case "failure":
      return "something that fails";
    default:
      return shorten(printSummary(value));
  }
}

/** What could be written to mean a set that is handed around whole: an input, a package. */
export function isFlake(value: Outcome): boolean {
  const kind = value.type === "attrs" ? value.attrs.get("_type")?.value.value : undefined;
  return kind?.type === "string" && kind.value === "flake";
}

function sayInteger(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return `a whole number from ${min} to ${max}`;
  if (min !== undefined) return `a whole number, at least ${min}`;
  return max === undefined ? "a whole number" : `a whole number, at most ${max}`;
}

/** By what the catalogue and clan-core ask for. */
const forms: ReadonlyMap<string, string> = new Map([
  ["^[0-7]{4}$", 'four octal digits in quotes, such as `"0400"`'],
  ["[a-z]+", "a string of small letters"],
  ["[a-zA-Z0-9_-]*", "a string of letters, digits, `_` and `-`"],
  ["^[a-zA-Z0-9._-]+$", "a string of letters, digits, `.`, `_` and `-`"],
  [
    "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$",
    'the name of a domain in small letters, such as `"home.lan"`',
  ],
  [
    "(age-plugin-.*|[^#]+#.+)",
    'the name of a plugin, such as `"age-plugin-yubikey"`, or a package of a flake, such as `"nixpkgs#hello"`',
  ],
]);

function sayString(type: OptionType & { kind: "str" }): string {
  if (type.singleLine) return "a string on one line";
  if (type.pattern !== undefined)
    return forms.get(type.pattern) ?? `a string of another form (\`${type.pattern}\`)`;
  return type.nonEmpty ? "a string that is not empty" : "a string";
}

function plural(type: OptionType): string {
  switch (type.kind) {
    case "str":
      return type.pattern === undefined ? "strings" : `strings, each ${sayType(type)}`;
    case "int":
      return "whole numbers";
    case "bool":
      return "`true` and `false`";
    case "package":
      return "packages";
    case "path":
      return "paths";
    case "deferredModule":
      return "modules";
    case "submodule":
      return "sets";
    case "enum":
      return `values, each ${sayType(type)}`;
    case "raw":
    case "anything":
    case "undeclared":
      return "values";
    default:
      return `values, each ${sayType(type)}`;
  }
}

function example(type: OptionType): string {
  switch (type.kind) {
    case "str":
      return '"…"';
    case "bool":
      return "true";
    case "int":
      return "1";
    case "listOf":
      return "[ ]";
    default:
      return "…";
  }
}

function joined(alternatives: readonly string[]): string {
  return [...new Set(alternatives)].join(", or ");
}

function sayFunction({ node: { param } }: LambdaValue): string {
  const required = (param.formals ?? []).filter((formal) => formal.fallback === undefined);
  const names = required.map((formal) => `\`${formal.name.name}\``);
  if (param.formals === undefined) return `a function that lacks its argument \`${param.name?.name ?? "_"}\``;
  if (names.length === 0) return "a function that lacks its argument, a set";
  return `a function that lacks its argument, a set with ${names.join(", ")}`;
}

function sayBuiltin({ name, arity, args }: BuiltinValue): string {
  const missing = arity - args.length;
  return `the function \`${name}\`, which lacks ${missing === 1 ? "an argument" : `${missing} arguments`}`;
}

function saySet(value: AttrsValue): string {
  if (isFlake(value)) return "a flake";
  const kind = value.attrs.get("type")?.value.value;
  if (kind?.type === "string" && kind.value === "derivation") return "a package";
  const shown = printSummary(value);
  if (shown.length <= LONGEST) return shown;
  const names = [...value.attrs.keys()].filter((name) => !name.startsWith("_")).slice(0, 3);
  return `a set with ${names.map((name) => `\`${name}\``).join(", ")} and more`;
}

const LONGEST = 60;

export function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 3)}…`;
}
