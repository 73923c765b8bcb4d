/**
 * What to write instead of a value of a wrong type, where only one thing can be meant.
 *
 *   one of "nixos", "darwin"  and  "nixso"      ->  "nixos"
 *   signed integer            and  "22"         ->  22
 *   attribute set             and  [ "a" "b" ]  ->  { a = { }; b = { }; }
 *   module                    and  "m/x.nix"    ->  ./m/x.nix
 */
import type { OptionType } from "../modules/option-type.ts";
import type { Outcome } from "../nix/value.ts";
import type { Expr, Node } from "../syntax/ast.ts";
import { printAttrName, printString } from "../syntax/quote.ts";
import type { Fix } from "./finding.ts";
import { whole } from "./place.ts";
import { findSuggestion } from "./suggest.ts";

/** Undefined where `node` is not the literal that is wrong, or more than one thing could be meant. */
export function findValueFix(type: OptionType, value: Outcome, node: Node): Fix | undefined {
  const text = replacement(type, value, node);
  if (text === undefined) return undefined;
  return { title: `Change to \`${text}\``, edits: [{ ...whole(node), text }], preferred: true };
}

function replacement(type: OptionType, value: Outcome, node: Node): string | undefined {
  switch (type.kind) {
    case "nullOr":
    case "unique":
      return replacement(type.of, value, node);
    case "coercedTo":
      return replacement(type.from, value, node) ?? replacement(type.to, value, node);
    case "enum":
      return value.type === "string" && node.kind === "string"
        ? nearestValue(type.values, value.value)
        : undefined;
    case "int":
      return value.type === "string" && node.kind === "string" && /^\d{1,9}$/.test(value.value)
        ? value.value
        : undefined;
    case "bool":
      return value.type === "string" && node.kind === "string" && /^(true|false)$/.test(value.value)
        ? value.value
        : undefined;
    case "listOf":
      return type.of.kind === "str" && node.kind === "string" ? `[ ${textOf(node)} ]` : undefined;
    case "attrsOf":
      return node.kind === "list" ? attributesOf(node.elements) : undefined;
    case "deferredModule":
      return value.type === "string" && node.kind === "string" && /^[\w.-]+(\/[\w.-]+)+$/.test(value.value)
        ? `./${value.value}`
        : undefined;
    default:
      return undefined;
  }
}

function nearestValue(values: readonly unknown[], written: string): string | undefined {
  const meant = findSuggestion(
    written,
    values.filter((value) => typeof value === "string"),
  );
  return meant === undefined ? undefined : printString(meant);
}

/** `[ "a" "b" ]` as `{ a = { }; b = { }; }`; undefined unless all elements are plain strings. */
function attributesOf(elements: readonly Expr[]): string | undefined {
  const names = elements.map((element) => {
    const [part, ...rest] = element.kind === "string" ? element.parts : [];
    return part?.kind === "text" && rest.length === 0 ? part.text : undefined;
  });
  if (names.length === 0 || names.includes(undefined)) return undefined;
  return `{ ${names.map((name) => `${printAttrName(name ?? "")} = { }; `).join("")}}`;
}

function textOf(node: Node): string {
  return node.source.text.slice(node.start, node.end);
}
