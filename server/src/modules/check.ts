/**
 * Whether a definition fits its option's type, as far as its outermost constructor tells: exactly what
 * nixpkgs' `type.check` looks at. Elements and attributes are option nodes of their own and checked there.
 *
 *   checkDefinition({ kind: "int", max: 65535 }, int(70000))
 *   ->  { expected: "integer, at most 65535", actual: "70000", … }
 */
import { PatternError, PosixRegex, RegexLimit } from "../nix/builtins/posix-regex.ts";
import { printSummary } from "../nix/print-brief.ts";
import type { AttrsValue, Outcome, Value } from "../nix/value.ts";
import { describeType, showOption } from "./describe.ts";
import { alternativesOf } from "./inner-types.ts";
import type { OptionType } from "./option-type.ts";

export interface Mismatch {
  /** The type, as nixpkgs describes it. */
  readonly expected: string;
  /** The value, in one short line. */
  readonly actual: string;
}

/** Undefined if the value fits, or if that cannot be known. */
export function checkDefinition(type: OptionType, outcome: Outcome): Mismatch | undefined {
  if (outcome.type === "failure" || outcome.type === "unknown" || accepts(type, outcome)) return undefined;
  return { expected: describeType(type), actual: printSummary(outcome) };
}

/** "A definition for option `x' is not of type `string'. It is: 1" */
export function mismatchMessage(path: readonly string[], mismatch: Mismatch): string {
  const option = showOption(path);
  return `A definition for option \`${option}' is not of type \`${mismatch.expected}'. It is: ${mismatch.actual}`;
}

/** The value may be of the type. */
export function accepts(type: OptionType, value: Value): boolean {
  if (value.type === "unknown") return true;
  // Those inside it that its values may have, each once: types may hold one another many times.
  return alternativesOf(type).some((one) => acceptsItself(one, value));
}

/** Without the types inside it. */
function acceptsItself(type: OptionType, value: Value): boolean {
  switch (type.kind) {
    case "bool":
    case "float":
      return value.type === type.kind;
    case "int":
      return (
        value.type === "int" &&
        (type.min === undefined || value.value >= type.min) &&
        (type.max === undefined || value.value <= type.max)
      );
    case "str":
      return value.type === "string" && acceptsText(type, value.value);
    case "enum":
      return (
        value.type !== "attrs" && value.type !== "list" && type.values.some((one) => sameScalar(one, value))
      );
    case "path":
      return isStringLike(value) && (value.type !== "string" || value.value.startsWith("/"));
    case "package":
      // A derivation, or the path of a store object.
      return isStringLike(value) && (value.type !== "string" || value.value.startsWith("/"));
    case "nullOr":
      return value.type === "null";
    case "listOf":
      return (
        value.type === "list" && (!type.nonEmpty || value.elements.length > 0 || value.open !== undefined)
      );
    case "attrsOf":
      return value.type === "attrs";
    case "submodule":
      return type.group ? value.type === "attrs" : isModule(value);
    case "deferredModule":
    case "settings":
      return isModule(value);
    case "unique":
    case "either":
    case "coercedTo":
      return false;
    case "functionTo":
      return isFunction(value);
    case "raw":
    case "anything":
    case "undeclared":
    case "opaque":
      return true;
  }
}

function acceptsText(type: OptionType & { kind: "str" }, text: string): boolean {
  if (type.nonEmpty && /^[ \t\n]*$/.test(text)) return false;
  return type.pattern === undefined || matches(type.pattern, text);
}

/** A pattern that cannot be compiled or takes too long proves nothing. */
function matches(pattern: string, text: string): boolean {
  try {
    return new PosixRegex(pattern).matchWhole(text) !== undefined;
  } catch (error) {
    if (error instanceof PatternError || error instanceof RegexLimit) return true;
    throw error;
  }
}

function sameScalar(expected: string | number | boolean | null, value: Value): boolean {
  switch (value.type) {
    case "null":
      return expected === null;
    case "bool":
    case "string":
    case "float":
      return expected === value.value;
    case "int":
      return typeof expected === "number" && Number.isInteger(expected) && BigInt(expected) === value.value;
    default:
      return false;
  }
}

/** A path, a string, or a set that stands for one (a derivation, a flake input). */
function isStringLike(value: Value): boolean {
  if (value.type === "attrs") return mayHave(value, "outPath") || mayHave(value, "__toString");
  return value.type === "path" || value.type === "string";
}

function isModule(value: Value): boolean {
  if (value.type === "string") return value.value.startsWith("/");
  return value.type === "attrs" || value.type === "path" || isFunction(value);
}

export function isFunction(value: Value): boolean {
  if (value.type === "attrs") return value.attrs.has("__functor");
  return value.type === "lambda" || value.type === "builtin";
}

function mayHave(set: AttrsValue, name: string): boolean {
  return set.open !== undefined || set.attrs.has(name);
}
