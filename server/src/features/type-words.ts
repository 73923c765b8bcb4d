/**
 * Option types in the words of hovers and suggestions: what may be written, without what only the module system tells apart.
 *
 *   lazy attribute set of (submodule)   ->   attribute set with options for each name
 *   option that is declared elsewhere   ->   nothing
 */
import { describeType } from "../modules/describe.ts";
import { sayingOnce } from "../modules/each-once.ts";
import type { Option, OptionType } from "../modules/option-type.ts";
import { optionsOf } from "./option-place.ts";

/** Undefined where the type says nothing to a person: of a level of options, or of what is declared elsewhere. */
export function typeInWords(type: OptionType): string | undefined {
  return type.kind === "submodule" || type.kind === "undeclared" ? undefined : words(type);
}

/**
 * What may be written for an option and what counts where nothing is, for a list of suggestions: `required, string`,
 * `integer = 51820`. Of a level of options, that it is empty by default says nothing.
 */
export function optionInBrief({ type, required, default: fallback }: Option): string {
  if (required === true) return `required, ${words(type)}`;
  const isUnsaid = fallback === undefined || (isBranch(type) && fallback === "{ }");
  return isUnsaid ? words(type) : `${words(type)} = ${fallback.replaceAll(/\s+/g, " ")}`;
}

/** Whether it is a level of options, or names that have such a level each: its parts say more than the whole. */
export function isBranch(type: OptionType): boolean {
  switch (type.kind) {
    case "submodule":
    case "deferredModule":
      return true;
    case "attrsOf":
    case "listOf":
      return type.of.kind === "deferredModule" || optionsOf(type.of) !== undefined;
    case "coercedTo":
      return isBranch(type.to);
    case "nullOr":
    case "unique":
      return isBranch(type.of);
    default:
      return false;
  }
}

/** Whether its values are code, such as modules, and no data to be shown. */
export function isCode(type: OptionType): boolean {
  switch (type.kind) {
    case "raw":
    case "package":
      return true;
    case "attrsOf":
    case "listOf":
    case "nullOr":
      return isCode(type.of);
    default:
      return false;
  }
}

const words = sayingOnce(wordsOf);

function wordsOf(type: OptionType): string {
  switch (type.kind) {
    case "submodule":
      return "set of options";
    case "attrsOf":
      if (type.shallow) return "attribute set";
      if (type.of.kind === "deferredModule") return "attribute set of modules";
      return isBranch(type.of)
        ? "attribute set with options for each name"
        : `attribute set of ${inner(type.of)}`;
    case "listOf":
      return `${type.nonEmpty ? "non-empty " : ""}list of ${elements(type.of)}`;
    case "nullOr":
      return `${words(type.of)} or null`;
    case "unique":
      return words(type.of);
    case "either":
      return [...new Set(type.of.map(words))].join(" or ");
    case "coercedTo":
      return type.from.kind === "raw" ? words(type.to) : `${words(type.to)} or ${words(type.from)}`;
    case "functionTo":
      return `function that returns ${inner(type.of)}`;
    case "str":
      return type.pattern === undefined ? describeType(type) : `string that matches \`${type.pattern}\``;
    case "int":
      return integer(type.min, type.max);
    case "deferredModule":
      return "module";
    case "raw":
    case "anything":
    case "undeclared":
      return "any value";
    default:
      return describeType(type);
  }
}

function elements(type: OptionType): string {
  if (type.kind === "deferredModule") return "modules";
  return isBranch(type) ? "sets of options" : inner(type);
}

function integer(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return `integer from ${min} to ${max}`;
  if (min !== undefined) return `integer of at least ${min}`;
  return max === undefined ? "integer" : `integer of at most ${max}`;
}

function inner(type: OptionType): string {
  const text = words(type);
  return text.includes(" or ") ? `(${text})` : text;
}
