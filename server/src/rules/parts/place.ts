/**
 * From syntax nodes to the places findings point at, and to the edits that replace a name there.
 *
 *   place(node of "sever" in `roles."sever" = { }`)  ->  the five letters between the quotes
 */
import type { AttrName, Identifier, Node } from "../../syntax/ast.ts";
import { isQuoted, wordOf } from "../../syntax/names.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { TextEdit } from "../finding.ts";
import type { Problem } from "../rule.ts";

export interface Place {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** The word a node stands for: a quoted name or plain string without its quotes, else the whole node. */
export function place(node: Node): Place {
  return { path: node.source.path, ...wordOf(node) };
}

/** A problem at the word of `node`. */
export function at(
  node: Node,
  message: string,
  more: Pick<Problem, "related" | "fixes" | "spoils" | "restsOn"> = {},
): Problem {
  return { ...place(node), message, ...more };
}

/** "Did you mean" as a fix: the name written at `node` becomes `name`. Empty without a suggestion. */
export function renameFix(node: Node, name: string | undefined): Pick<Problem, "fixes"> {
  const edit = name === undefined ? undefined : renameEdit(node, name);
  if (edit === undefined) return {};
  return { fixes: [{ title: `Change to \`${name}\``, edits: [edit], preferred: true }] };
}

/** "Did you mean" where a variable or an attribute is used, and not bound. Empty without a suggestion. */
export function useFix(node: Identifier | AttrName, name: string | undefined): Pick<Problem, "fixes"> {
  if (name === undefined) return {};
  const text = node.kind === "attr-name" ? printAttrName(name) : name;
  const edit = { ...whole(node), text };
  return { fixes: [{ title: `Change to \`${name}\``, edits: [edit], preferred: true }] };
}

/** A fix that writes an attribute path (`deploy.targetHost`) instead of the name at `node`. */
export function replaceNameFix(node: Node, attributePath: string): Pick<Problem, "fixes"> {
  if (node.kind !== "attr-name" || node.source.language !== "nix" || !isBound(node)) return {};
  const edit = { ...whole(node), text: attributePath };
  return { fixes: [{ title: `Change to \`${attributePath}\``, edits: [edit], preferred: true }] };
}

/** Undefined where the name is computed and so stands nowhere as it is, or has a meaning of its own. */
function renameEdit(node: Node, name: string): TextEdit | undefined {
  if (node.kind === "attr-name") {
    if (node.name === undefined || !isBound(node)) return undefined;
    if (!isQuoted(node)) return { ...whole(node), text: printAttrName(name) };
    return { ...whole(node), text: printString(name) };
  }
  const isPlain = node.kind === "string" && node.parts.every((part) => part.kind === "text");
  return isPlain ? { ...whole(node), text: printString(name) } : undefined;
}

/** Part of an attribute path that is defined here, not a name after `inherit`, which names a variable too. */
export function isBound(name: AttrName): boolean {
  return /^(?:\s|#.*|\/\*[\s\S]*?\*\/)*[.=:]/.test(name.source.text.slice(name.end, name.end + 400));
}

/** The whole node, quotes and all. */
export function whole(node: Node): Place {
  return { path: node.source.path, start: node.start, end: node.end };
}
