/**
 * Writes a role's tags as a set, so that a tag can have settings, or as a list again.
 *
 *   roles.client.ta▮gs = [ "all" ];   <->   roles.client.tags = { all = { }; };
 */

import { bindingOf, hasComment } from "../../rules/fix/edit.ts";
import { whole } from "../../rules/parts/place.ts";
import type { Expr } from "../../syntax/ast.ts";
import { fixedText } from "../../syntax/names.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { Assist } from "./assist.ts";

export const tagsForm: Assist = {
  id: "tags-form",
  kind: "rewrite",
  keepsMeaning: true,
  collect({ around }) {
    const place = around.find(({ option: { path } }) => path.length === 6 && path[5] === "tags");
    if (place === undefined || place.instance === undefined) return [];
    const [definition, ...others] = place.option.definitions;
    const binding = definition?.keys[0] && bindingOf(definition.keys[0]);
    if (binding === undefined || others.length > 0 || binding.path.at(-1) !== definition?.keys[0]) return [];
    const names = listNames(binding.value);
    if (names !== undefined) {
      const text = `{ ${names.map((name) => `${printAttrName(name)} = { }; `).join("")}}`;
      return [{ title: "Write the tags as a set", edits: [{ ...whole(binding.value), text }] }];
    }
    const empty = emptyNames(binding.value);
    if (empty === undefined) return [];
    const text = `[ ${empty.map((name) => `${printString(name)} `).join("")}]`;
    return [{ title: "Write the tags as a list", edits: [{ ...whole(binding.value), text }] }];
  },
};

/** Of a list of plain strings. */
function listNames(value: Expr): string[] | undefined {
  if (value.kind !== "list" || value.broken || hasComment(value)) return undefined;
  const names = value.elements.map((element) => (element.kind === "string" ? fixedText(element) : undefined));
  return allKnown(names);
}

/** Of a set in which everything is empty. */
function emptyNames(value: Expr): string[] | undefined {
  if (value.kind !== "attrset" || value.recursive || value.broken || hasComment(value)) return undefined;
  const names = value.bindings.map((binding) => {
    if (binding.kind !== "binding" || binding.path.length !== 1) return undefined;
    const isEmpty = binding.value.kind === "attrset" && binding.value.bindings.length === 0;
    return isEmpty ? binding.path[0]?.name : undefined;
  });
  return allKnown(names);
}

function allKnown(names: readonly (string | undefined)[]): string[] | undefined {
  const known = names.filter((name) => name !== undefined);
  return known.length === names.length && known.length > 0 ? known : undefined;
}
