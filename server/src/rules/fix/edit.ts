/**
 * Edits that add to code and keep how it is laid out.
 *
 *   append(`{ a = 1; }`, "b = 2;")   ->   { a = 1; b = 2; }
 *   addAttribute(instance zerotier, ["roles", "peer"], "{ }")   ->   roles.peer = { };  after what is there
 */

import type { OptionNode } from "../../modules/option-node.ts";
import type { AttrName, AttrSet, Binding, ListExpr, Node } from "../../syntax/ast.ts";
import { blanksBefore } from "../../syntax/blanks.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { printAttrName } from "../../syntax/quote.ts";
import type { TextEdit } from "../finding.ts";
import { sureDefinitions } from "../parts/written.ts";

/** Puts a binding last in a set, in a line of its own where the others are. */
export function append(set: AttrSet, binding: string): TextEdit {
  const { path, text } = set.source;
  const last = set.bindings.at(-1);
  if (last !== undefined) return appendBeside(last, binding);
  const open = text.indexOf("{", set.start) + 1;
  const inside = text.slice(open, set.end - 1);
  if (!inside.includes("\n")) return { path, start: open, end: set.end - 1, text: ` ${binding} ` };
  const indent = indentOf(text, set.start);
  // Lines that are left empty for what is to come are used.
  const blank = inside.trim() === "" ? inside.lastIndexOf("\n") : 0;
  return { path, start: open, end: open + blank, text: `\n${indent}  ${indented(binding, `${indent}  `)}` };
}

/** Puts a binding behind another one of the same set. */
export function appendBeside(sibling: Node, binding: string): TextEdit {
  const { path, text } = sibling.source;
  const separator = /\r?\n[ \t]*$/.exec(text.slice(0, sibling.start))?.[0] ?? " ";
  // A comment behind the sibling stays with it.
  const comment = separator === " " ? undefined : /^[ \t]*#[^\n\r]*/.exec(text.slice(sibling.end))?.[0];
  const end = sibling.end + (comment?.length ?? 0);
  return { path, start: end, end, text: separator + indented(binding, indentOf(text, sibling.start)) };
}

/** Puts an element last in a list. */
export function appendElement(list: ListExpr, element: string): TextEdit {
  const { path, text } = list.source;
  const last = list.elements.at(-1);
  if (last === undefined) return { path, start: list.start, end: list.end, text: `[ ${element} ]` };
  const separator = /\r?\n[ \t]*$/.exec(text.slice(0, last.start))?.[0] ?? " ";
  return { path, start: last.end, end: last.end, text: separator + element };
}

/**
 * Defines the option at `path` below `option`, in the innermost set that is written for it, or beside the binding
 * whose path leads through it. Undefined where neither is written in Nix.
 */
export function addAttribute(
  option: OptionNode,
  path: readonly string[],
  value: string,
): TextEdit | undefined {
  const [name = "", ...rest] = path;
  const inner = rest.length === 0 ? undefined : option.child(name);
  // Defined beside it again, it would be defined twice.
  if (inner !== undefined) return addAttribute(inner, rest, value);
  const binding = `${path.map(printAttrName).join(".")} = ${value};`;
  const set = findSet(option);
  if (set !== undefined) return append(set, binding);
  const through = findPathThrough(option);
  return through && appendBeside(through.binding, `${through.prefix}.${binding}`);
}

/** The set that is written as the option's value. */
export function findSet(option: OptionNode): AttrSet | undefined {
  return sureDefinitions(option)
    .flatMap(({ origins }) => origins.slice(0, 1))
    .find((node): node is AttrSet => node.kind === "attrset" && node.source.language === "nix");
}

/** The last binding whose path leads through the option, and that path up to its name. */
function findPathThrough(option: OptionNode): { binding: Binding; prefix: string } | undefined {
  const found = sureDefinitions(option)
    .flatMap(({ keys }) => keys)
    .flatMap((key) => {
      const binding = bindingOf(key);
      const at = binding?.path.indexOf(key as AttrName) ?? -1;
      return binding === undefined || at === binding.path.length - 1 ? [] : [{ binding, at }];
    })
    .at(-1);
  if (found === undefined) return undefined;
  const names = found.binding.path.slice(0, found.at + 1).map(textOf);
  return { binding: found.binding, prefix: names.join(".") };
}

/** The binding in whose path the name stands; undefined outside of Nix code and after `inherit`. */
export function bindingOf(key: Node): Binding | undefined {
  if (key.kind !== "attr-name" || key.source.language !== "nix") return undefined;
  return nodesAt(key.source, key.start).findLast(
    (node): node is Binding => node.kind === "binding" && node.path.includes(key),
  );
}

export function textOf(node: Node): string {
  return node.source.text.slice(node.start, node.end);
}

/** White space at the start of the line of `offset`. */
export function indentOf(text: string, offset: number): string {
  const line = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, offset))?.[0] ?? "";
}

/** Further lines of `code`, which are indented by tabs, fitted to where its first line stands. */
function indented(code: string, indent: string): string {
  return code.replace(/\n(?!\n)/g, `\n${indent}`).replaceAll("\t", "  ");
}

/** Takes a binding or an element away, and the white space before it. */
export function remove(node: Node): TextEdit {
  const { path, text } = node.source;
  return { path, start: node.start - blanksBefore(text, node.start), end: node.end, text: "" };
}

/** Whether a comment stands in the node: it would be lost with it. */
export function hasComment({ source, start, end }: Pick<Node, "source" | "start" | "end">): boolean {
  return /#|\/\*/.test(source.text.slice(start, end));
}
