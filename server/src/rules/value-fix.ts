/**
 * What to write instead of a value of a wrong type, where only one thing can be meant.
 *
 *   one of "nixos", "darwin"  and  "nixso"      ->  "nixos"
 *   signed integer            and  "22"         ->  22
 *   attribute set             and  [ "a" "b" ]  ->  { a = { }; b = { }; }
 *   module                    and  "m/x.nix"    ->  ./m/x.nix
 *   four octal digits         and  "400"        ->  "0400"
 */
import type { OptionType } from "../modules/option-type.ts";
import type { Outcome } from "../nix/value.ts";
import type { Expr, Node } from "../syntax/ast.ts";
import { fixedText } from "../syntax/names.ts";
import { printAttrName, printString } from "../syntax/quote.ts";
import type { Fix } from "./finding.ts";
import { whole } from "./place.ts";
import { findSuggestion } from "./suggest.ts";

type EnumType = OptionType & { readonly kind: "enum" };

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
      return value.type === "string" && node.kind === "string" ? nearestValue(type, value.value) : undefined;
    case "str":
      return type.pattern === undefined ? undefined : withZero(type.pattern, node);
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

function nearestValue({ values, meant }: EnumType, written: string): string | undefined {
  const near = findSuggestion(
    written,
    values.filter((value) => typeof value === "string"),
  );
  const name = meant?.[written] ?? near;
  return name === undefined ? undefined : printString(name);
}

/** Digits with the zero they lack in front, where that is what is asked for. */
function withZero(pattern: string, node: Node): string | undefined {
  const written = node.kind === "string" ? fixedText(node) : node.kind === "int" ? node.text : undefined;
  if (written === undefined || !/^\d+$/.test(written)) return undefined;
  const found = [written, `0${written}`].find((digits) => new RegExp(`^(?:${pattern})$`).test(digits));
  return found === undefined ? undefined : printString(found);
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
