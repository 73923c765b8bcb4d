/**
 * Edits that take away all that is written for one name of the clan, in Nix and in JSON.
 *
 *   removeEntry(inventory.machines.web)   of   web = { }; # small   ->   (gone, with the comment behind it)
 */

import type { OptionNode } from "../../modules/option-node.ts";
import type { TextEdit } from "../../rules/finding.ts";
import type { Binding, Node } from "../../syntax/ast.ts";
import { blanksBefore } from "../../syntax/blanks.ts";
import { nodesAt } from "../../syntax/navigate.ts";

/** Undefined where some of it is not written as a name of its own: it is inherited or computed. */
export function removeEntry(option: OptionNode | undefined): TextEdit[] | undefined {
  const bindings = new Set<Binding>();
  for (const { keys, origins } of option?.definitions ?? []) {
    // What nobody wrote, such as a machine for its folder, is not there to be removed.
    if (keys.length === 0 && origins.length > 0) return undefined;
    for (const key of keys) {
      const binding = bindingAround(key);
      if (binding === undefined) return undefined;
      bindings.add(binding);
    }
  }
  return removeAll([...bindings], (binding) => siblingsOf(binding, "attrset"));
}

/** Elements of lists. Undefined where one is not written in a list. */
export function removeElements(nodes: readonly Node[]): TextEdit[] | undefined {
  const isInList = nodes.every((node) => siblingsOf(node, "list").length > 0);
  return isInList ? removeAll(nodes, (node) => siblingsOf(node, "list")) : undefined;
}

function bindingAround(key: Node): Binding | undefined {
  if (key.kind !== "attr-name" || key.name === undefined) return undefined;
  return nodesAt(key.source, key.start).findLast(
    (node): node is Binding => node.kind === "binding" && node.path.includes(key),
  );
}

function siblingsOf(node: Node, kind: "attrset" | "list"): readonly Node[] {
  for (const around of [...nodesAt(node.source, node.start)].reverse()) {
    if (around.kind === "attrset" && kind === "attrset" && around.bindings.some((each) => each === node))
      return around.bindings;
    if (around.kind === "list" && kind === "list" && around.elements.some((each) => each === node))
      return around.elements;
  }
  return [];
}

function removeAll<T extends Node>(nodes: readonly T[], siblings: (node: T) => readonly Node[]): TextEdit[] {
  const gone = new Set<Node>(nodes);
  return nodes.map((node) =>
    node.source.language === "json" ? removeJson(node, siblings(node), gone) : removeNix(node),
  );
}

/** With the white space before it, and the comment behind it on its line. */
function removeNix({ source, start, end }: Node): TextEdit {
  const { path, text } = source;
  const space = blanksBefore(text, start);
  const comment = /^[ \t]*#[^\n\r]*/.exec(text.slice(end))?.[0].length ?? 0;
  return { path, start: start - space, end: end + comment, text: "" };
}

/** With the comma behind it; of those at the end that go, with the one before. */
function removeJson(node: Node, siblings: readonly Node[], gone: ReadonlySet<Node>): TextEdit {
  const { path, text } = node.source;
  const at = siblings.indexOf(node);
  const isLast = siblings.slice(at + 1).every((each) => gone.has(each));
  const before = siblings[at - 1];
  const space = blanksBefore(text, node.start);
  if (isLast && before !== undefined) return { path, start: before.end, end: node.end, text: "" };
  const comma = isLast ? 0 : (/^\s*,/.exec(text.slice(node.end))?.[0].length ?? 0);
  return { path, start: node.start - space, end: node.end + comma, text: "" };
}
