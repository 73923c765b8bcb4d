/**
 * Fixes that add one attribute, with a string for its value, next to what is written.
 *
 *   bindBesideFix("door" of `module.name = "door";`, "input", "self")
 *   ->  module.name = "door"; module.input = "self";
 *   bindInsideFix(instance nightly, key of `instances.nightly.roles = …;`, ["module", "name"], "sshd")
 *   ->  instances.nightly.module.name = "sshd"; instances.nightly.roles = …;
 */
import type { OptionNode } from "../../modules/option-node.ts";
import type { AttrName, AttrSet, Binding, Node } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { TextEdit } from "../finding.ts";
import { sureDefinitions } from "../parts/written.ts";
import type { Problem } from "../rule.ts";

type Fixes = Pick<Problem, "fixes">;

/** Binds `name` in the set in which the attribute with the value at `node` is bound. */
export function bindBesideFix(node: Node, name: string, value: string): Fixes {
  const binding = findBinding(node, (found) => found.value === node);
  if (binding === undefined) return {};
  const path = [...binding.path.slice(0, -1).map(textOf), name].join(".");
  const text = `${separatorBefore(binding)}${path} = ${printString(value)};`;
  return addition([name], value, { path: node.source.path, start: binding.end, end: binding.end, text });
}

/** Binds `path` in the set that `option` is, whose name is written at `key`. */
export function bindInsideFix(option: OptionNode, key: Node, path: readonly string[], value: string): Fixes {
  const bound = `${path.map(printAttrName).join(".")} = ${printString(value)};`;
  const set = sureDefinitions(option)
    .flatMap(({ origins }) => origins)
    .find((node): node is AttrSet => node.kind === "attrset" && node.source.language === "nix");
  const binding = key.kind === "attr-name" ? findBinding(key, ({ path }) => path.includes(key)) : undefined;
  if (binding !== undefined && binding.path.at(-1) !== key) {
    const around = binding.path.slice(0, binding.path.indexOf(key as AttrName) + 1).map(textOf);
    const text = `${[...around, bound].join(".")}${separatorBefore(binding)}`;
    return addition(path, value, { path: key.source.path, start: binding.start, end: binding.start, text });
  }
  const written = set ?? (binding?.value.kind === "attrset" ? binding.value : undefined);
  return written === undefined ? {} : addition(path, value, insertion(written, [bound]));
}

/** The edit that puts bindings first in a set, in lines of their own where the others are. */
export function insertion(set: AttrSet, bindings: readonly string[]): TextEdit {
  const { path, text } = set.source;
  const start = text.indexOf("{", set.start) + 1;
  const separator = /^[ \t]*\r?\n[ \t]*/.exec(text.slice(start, set.end))?.[0] ?? " ";
  return { path, start, end: start, text: bindings.map((binding) => `${separator}${binding}`).join("") };
}

function addition(path: readonly string[], value: string, edit: TextEdit): Fixes {
  const title = `Add \`${path.join(".")} = ${printString(value)}\``;
  return { fixes: [{ title, edits: [edit], preferred: true }] };
}

function findBinding(node: Node, isIt: (binding: Binding) => boolean): Binding | undefined {
  if (node.source.language !== "nix") return undefined;
  return nodesAt(node.source, node.start).findLast(
    (found): found is Binding => found.kind === "binding" && isIt(found),
  );
}

/** What stands before a binding: a line break and its indentation, or a space. */
function separatorBefore(binding: Binding): string {
  return /\r?\n[ \t]*$/.exec(binding.source.text.slice(0, binding.start))?.[0] ?? " ";
}

function textOf(name: AttrName): string {
  return name.source.text.slice(name.start, name.end);
}
