/**
 * What to write instead of a value of a wrong type.
 *
 *   one of "nixos", "darwin"  and  "nixso"      ->  "nixos", which is meant, or "darwin"
 *   signed integer            and  "22"         ->  22
 *   attribute set             and  [ "a" "b" ]  ->  { a = { }; b = { }; }
 *   module                    and  "m/x.nix"    ->  ./m/x.nix
 *   four octal digits         and  "400"        ->  "0400"
 */
import type { OptionType } from "../../modules/option-type.ts";
import type { Outcome } from "../../nix/value.ts";
import type { Expr, Node } from "../../syntax/ast.ts";
import { lookUp } from "../../syntax/look-up.ts";
import { fixedText } from "../../syntax/names.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { Fix } from "../finding.ts";
import { whole } from "../parts/place.ts";
import { findSuggestion } from "../words/suggest.ts";
import { fewNames } from "./name-fixes.ts";

type EnumType = OptionType & { readonly kind: "enum" };

/**
 * The one thing that can be meant, and the other values where the type has few. Empty where `node` is not the literal
 * that is wrong.
 */
export function findValueFixes(type: OptionType, value: Outcome, node: Node): Fix[] {
  const meant = replacement(type, value, node);
  const others = isLiteral(node) ? fewValues(type).filter((text) => text !== meant) : [];
  const fix = (text: string): Fix => ({ title: `Change to \`${text}\``, edits: [{ ...whole(node), text }] });
  return [
    ...(meant === undefined ? [] : [{ ...fix(meant), preferred: true }]),
    ...others.map((text) => ({ ...fix(text), optional: true })),
  ];
}

/** What is written here is the value itself, and no code that computes it. */
function isLiteral(node: Node): boolean {
  switch (node.kind) {
    case "int":
    case "float":
      return true;
    case "string":
      return fixedText(node) !== undefined;
    case "identifier":
      return ["true", "false", "null"].includes(node.name);
    default:
      return false;
  }
}

/** All values of the type as code, where they are few; else none. */
function fewValues(type: OptionType): string[] {
  switch (type.kind) {
    case "nullOr": {
      const inner = fewValues(type.of);
      return inner.length === 0 ? [] : [...inner, "null"];
    }
    case "unique":
      return fewValues(type.of);
    case "bool":
      return ["true", "false"];
    case "enum":
      return type.values.length > fewNames
        ? []
        : type.values.map((value) => (typeof value === "string" ? printString(value) : String(value)));
    default:
      return [];
  }
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
      return type.pattern === undefined ? onlyString(node) : withZero(type.pattern, node);
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
  const name = (meant && lookUp(meant, written)) ?? near;
  return name === undefined ? undefined : printString(name);
}

/** `[ "a" ]` as `"a"`. */
function onlyString(node: Node): string | undefined {
  const [element, ...others] = node.kind === "list" ? node.elements : [];
  return element?.kind === "string" && others.length === 0 ? textOf(element) : undefined;
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
