/**
 * A syntax tree on one line, as an s-expression.
 *
 *   { a.b = f x; inherit (c) d; }   ->   (set (= a.b (app f x)) (inherit-from c d))
 *
 * `!` behind the kind marks a broken set, list or `let`.
 */
import type { AttrName, AttrSet, Formal, Node, Param, StringPart } from "../../../server/src/syntax/ast.ts";
import { printAttrName } from "../../../server/src/syntax/quote.ts";

export function sketch(node: Node): string {
  switch (node.kind) {
    case "int":
    case "float":
      return node.text;
    case "uri":
      return `uri:${node.text}`;
    case "search-path":
      return `<${node.text}>`;
    case "identifier":
      return node.name;
    case "string":
      return form("str", ...parts(node.parts));
    case "path":
      return form("path", ...parts(node.parts));
    case "text":
      return JSON.stringify(node.text);
    case "interpolation":
      return `\${${sketch(node.expr)}}`;
    case "attrset":
      return form(`${setName(node)}${mark(node)}`, ...node.bindings.map(sketch));
    case "binding":
      return form("=", path(node.path), sketch(node.value));
    case "inherit":
      return node.from === undefined
        ? form("inherit", ...node.names.map(sketch))
        : form("inherit-from", sketch(node.from), ...node.names.map(sketch));
    case "attr-name":
      return attrName(node);
    case "list":
      return form(`list${mark(node)}`, ...node.elements.map(sketch));
    case "let":
      return form(`let${mark(node)}`, ...node.bindings.map(sketch), sketch(node.body));
    case "with":
      return form("with", sketch(node.scope), sketch(node.body));
    case "assert":
      return form("assert", sketch(node.condition), sketch(node.body));
    case "if":
      return form("if", sketch(node.condition), sketch(node.consequence), sketch(node.alternative));
    case "lambda":
      return form("fn", sketch(node.param), sketch(node.body));
    case "param":
      return param(node);
    case "formal":
      return formal(node);
    case "apply":
      return form("app", sketch(node.fn), sketch(node.arg));
    case "select":
      return form(
        ".",
        sketch(node.target),
        path(node.path),
        ...(node.fallback ? [sketch(node.fallback)] : []),
      );
    case "has-attr":
      return form("?", sketch(node.target), path(node.path));
    case "unary":
      return form(node.op, sketch(node.operand));
    case "binary":
      return form(node.op, sketch(node.left), sketch(node.right));
    case "error":
      return form("error", ...node.children.map(sketch));
  }
}

function form(...words: string[]): string {
  return `(${words.join(" ")})`;
}

function parts(list: readonly StringPart[]): string[] {
  return list.map(sketch);
}

function path(names: readonly AttrName[]): string {
  return names.map(attrName).join(".");
}

function attrName(node: AttrName): string {
  if (node.name === undefined) return node.expr === undefined ? "?" : `\${${sketch(node.expr)}}`;
  return node.quoted ? JSON.stringify(node.name) : printAttrName(node.name);
}

function setName({ recursive, legacyLet }: AttrSet): string {
  if (legacyLet) return "let-set";
  return recursive ? "rec" : "set";
}

function mark({ broken }: { readonly broken: boolean }): string {
  return broken ? "!" : "";
}

function param({ name, formals, ellipsis }: Param): string {
  if (formals === undefined) return name?.name ?? "?";
  const inside = [...formals.map(formal), ...(ellipsis ? ["..."] : [])].join(" ");
  return `{${inside}}${name === undefined ? "" : `@${name.name}`}`;
}

function formal({ name, fallback }: Formal): string {
  return fallback === undefined ? name.name : `${name.name}?${sketch(fallback)}`;
}
