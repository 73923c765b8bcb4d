/**
 * From syntax nodes to the places findings point at, and to the edits that replace a name there.
 *
 *   place(node of "sever" in `roles."sever" = { }`)  ->  the five letters between the quotes
 */
import type { AttrName, Node } from "../syntax/ast.ts";
import type { TextEdit } from "./finding.ts";
import type { Problem } from "./rule.ts";

export interface Place {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** The word a node stands for: a quoted name or plain string without its quotes, else the whole node. */
export function place(node: Node): Place {
  const path = node.source.path;
  if (node.kind === "attr-name" && node.name !== undefined && node.name !== "" && isQuoted(node))
    return { path, start: node.start + 1, end: node.end - 1 };
  if (node.kind === "string" && !node.indented && node.parts.length === 1) {
    const [part] = node.parts;
    if (part?.kind === "text" && part.end > part.start) return { path, start: part.start, end: part.end };
  }
  return { path, start: node.start, end: node.end };
}

/** A problem at the word of `node`. */
export function at(node: Node, message: string, more: Pick<Problem, "related" | "fixes"> = {}): Problem {
  return { ...place(node), message, ...more };
}

/** "Did you mean" as a fix: the name written at `node` becomes `name`. Empty without a suggestion. */
export function renameFix(node: Node, name: string | undefined): Pick<Problem, "fixes"> {
  const edit = name === undefined ? undefined : renameEdit(node, name);
  if (edit === undefined) return {};
  return { fixes: [{ title: `Change to \`${name}\``, edits: [edit], preferred: true }] };
}

/** Undefined where the name is computed and so stands nowhere as it is. */
function renameEdit(node: Node, name: string): TextEdit | undefined {
  if (node.kind === "attr-name") {
    if (node.name === undefined) return undefined;
    if (!isQuoted(node)) return { ...whole(node), text: attributeName(name) };
    return { ...whole(node), text: quote(name) };
  }
  const isPlain = node.kind === "string" && node.parts.every((part) => part.kind === "text");
  return isPlain ? { ...whole(node), text: quote(name) } : undefined;
}

/** A name as it is written in an attribute path: quoted only where it must be. */
export function attributeName(name: string): string {
  return /^[A-Za-z_][\w'-]*$/.test(name) && !keywords.has(name) ? name : quote(name);
}

/** A Nix (and JSON) string literal. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]|\$(?=\{)/g, "\\$&").replace(/\n/g, "\\n")}"`;
}

const keywords: ReadonlySet<string> = new Set([
  "assert",
  "else",
  "if",
  "in",
  "inherit",
  "let",
  "or",
  "rec",
  "then",
  "with",
]);

/** `quoted` also holds for `${x}`; only real quotes are stripped. */
function isQuoted(name: AttrName): boolean {
  return name.quoted && name.source.text[name.start] === '"';
}

function whole(node: Node): Place {
  return { path: node.source.path, start: node.start, end: node.end };
}
