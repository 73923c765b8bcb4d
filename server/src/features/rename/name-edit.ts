/**
 * The edit that writes another name where one stands, as the place wants it written.
 *
 *   machines."web" -> machines."db 1"        machines.web -> machines."db 1"        [ "web" ] -> [ "db 1" ]
 *   inherit a web; -> inherit a; db = web;   inherit (self.x) web; -> web = self.x.db;
 */

import type { TextEdit } from "../../rules/finding.ts";
import { whole } from "../../rules/parts/place.ts";
import type { AttrName, Inherit, Node, StringExpr } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { Occurrence } from "../occurrences.ts";

export function nameEdit(occurrence: Occurrence, name: string): TextEdit {
  const { node, how, path, start, end } = occurrence;
  if (node === undefined || how === "path") return { path, start, end, text: name };
  const inherit = how === "inherit" || how === "inherit-from" ? findInherit(node) : undefined;
  if (inherit !== undefined && node.kind === "attr-name")
    return inheritEdit(inherit, node, name, how === "inherit");
  return { ...whole(node), text: printName(node, name) };
}

export function renameString(node: StringExpr, name: string): TextEdit {
  return { ...whole(node), text: printName(node, name) };
}

function printName(node: Node, name: string): string {
  const { text, language } = node.source;
  if (language === "json") return JSON.stringify(name);
  if (node.kind === "string" && node.indented && /^[\w.@/+-]+$/.test(name)) return `''${name}''`;
  return node.kind === "string" || text[node.start] === '"' ? printString(name) : printAttrName(name);
}

function findInherit(node: Node): Inherit | undefined {
  return nodesAt(node.source, node.start).findLast((found): found is Inherit => found.kind === "inherit");
}

/** The name leaves the `inherit`, and is bound by itself: either it or what it is bound to gets the new name. */
function inheritEdit(inherit: Inherit, node: AttrName, name: string, isBoundName: boolean): TextEdit {
  const { text, path } = inherit.source;
  const old = text.slice(node.start, node.end);
  const from = inherit.from && fromText(inherit.from);
  const renamed = printAttrName(name);
  const [bound, selected] = isBoundName ? [renamed, old] : [old, renamed];
  const binding = `${bound} = ${from === undefined ? selected : `${from}.${selected}`};`;
  if (inherit.names.length === 1) return { ...whole(inherit), text: binding };
  const before = text.slice(inherit.start, node.start).replace(/\s+$/, "");
  return {
    path,
    start: inherit.start,
    end: inherit.end,
    text: `${before}${text.slice(node.end, inherit.end)} ${binding}`,
  };
}

function fromText(from: Node): string {
  const text = from.source.text.slice(from.start, from.end);
  return from.kind === "identifier" || from.kind === "select" ? text : `(${text})`;
}
