/**
 * One-edit mistakes in the value of an attribute, and rewritings that mean the same.
 *
 *   tags = [ "all" ];   ->   wrapped: "all"   ·   set-or-list: { all = { }; }   ·   rewritten: (let x = [ "all" ]; in x)
 *   port = 8080;        ->   quoting: "8080"  ·   number: 8080.0
 */
import type { Binding, Expr } from "../../server/src/syntax/ast.ts";
import { type Mutant, type MutantKind, placesAround, replace } from "./mutant.ts";

/**
 * Of the value of an attribute in a Nix file; what lacks something then is its name. Where there are several ways,
 * the place decides which.
 */
export function mutateAttributeValue(binding: Binding): Mutant[] {
  const { value, source } = binding;
  const { start, end } = value;
  const text = source.text.slice(start, end);
  const choose = (choices: readonly string[]) => choices[start % choices.length] ?? "";
  const to = (kind: MutantKind, other: string | undefined): Mutant[] =>
    other === undefined
      ? []
      : [{ ...replace(kind, start, end, other), places: [[binding.start, start + other.length]] }];
  const plain =
    value.kind === "string" && !value.indented && /^"[^"$\\]*"$/.test(text) ? text.slice(1, -1) : undefined;
  return [
    ...to("wrapped", unwrapped(value) ?? `[ ${text} ]`),
    ...to("function", choose([`{ ... }: ${text}`, `_: ${text}`, `{ lib, ... }: ${text}`])),
    ...to("rewritten", choose(rewritings(text))),
    ...to("emptied", empty(value)).map((mutant) => ({
      ...mutant,
      places: [...mutant.places, ...placesAround(binding).filter(([, last]) => last <= binding.start)],
    })),
    ...to("set-or-list", setOrList(value)),
    ...to("extended", extended(value, text)),
    ...(plain === undefined
      ? to("quoting", /^(true|false|\d+)$/.test(text) ? `"${text}"` : undefined)
      : [
          ...to("quoting", /^[a-zA-Z][\w-]*$/.test(plain) ? plain : undefined),
          ...to("other-case", choose([plain.toUpperCase(), capital(plain)].map((word) => `"${word}"`))),
          ...to("path-or-string", /^[\w.-]+$/.test(plain) ? `./${plain}` : undefined),
          ...to("prefixed", choose([`"@clan/${plain}"`, `"${plain}.nix"`, `"self.${plain}"`, `" ${plain}"`])),
        ]),
    ...(value.kind === "int"
      ? to("number", choose([`${text}.0`, `(-${text})`, `${text}.5`, `${text}00000`]))
      : []),
    ...(value.kind === "path" ? to("path-or-string", `"${text}"`) : []),
  ];
}

function rewritings(text: string): string[] {
  return [
    `(${text})`,
    `(let it = ${text}; in it)`,
    `(if true then ${text} else null)`,
    `(lib.mkDefault (${text}))`,
    `(lib.mkForce (${text}))`,
    `(lib.mkIf true (${text}))`,
    `(lib.mkMerge [ (${text}) ])`,
    `((it: it) (${text}))`,
    `(lib.mkForrce (${text}))`,
    `(lib.mkIf (${text}))`,
  ];
}

function unwrapped(value: Expr): string | undefined {
  const [only, ...others] = value.kind === "list" ? value.elements : [];
  return only === undefined || others.length > 0 ? undefined : value.source.text.slice(only.start, only.end);
}

function empty({ kind }: Expr): string | undefined {
  if (kind === "string") return '""';
  if (kind === "attrset") return "{ }";
  return kind === "list" ? "[ ]" : undefined;
}

/** The names as a list, or the words as a set. */
function setOrList(value: Expr): string | undefined {
  const { text } = value.source;
  if (value.kind === "list") {
    const words = value.elements.map(({ start, end }) => text.slice(start, end));
    return words.every((word) => /^"[\w-]+"$/.test(word))
      ? `{ ${words.map((word) => `${word} = { };`).join(" ")} }`
      : undefined;
  }
  if (value.kind !== "attrset" || value.bindings.length === 0) return undefined;
  const names = value.bindings.map((item) => (item.kind === "binding" ? item.path[0]?.name : undefined));
  return names.every((name) => name !== undefined)
    ? `[ ${names.map((name) => `"${name}"`).join(" ")} ]`
    : undefined;
}

/** By something that does not belong there. */
function extended({ kind, start }: Expr, text: string): string | undefined {
  if (kind === "attrset") return start % 2 === 0 ? `${text} // { bogus = 1; }` : `${text} // [ ]`;
  if (kind === "list") return start % 2 === 0 ? `(${text} ++ [ 12 ])` : `(${text} ++ "more")`;
  if (kind === "string") return start % 2 === 0 ? `(${text} + 1)` : `(${text} + "x")`;
  return kind === "int" ? `(${text} + "x")` : undefined;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
