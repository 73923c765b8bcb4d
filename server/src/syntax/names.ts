/**
 * Expressions read as attribute names.
 *
 *   a   ->   name a        "b c"   ->   name `b c`        "x-${y}"   ->   a computed name
 */
import type { AttrName, Expr, Node, StringExpr } from "./ast.ts";

/** The text of a string without interpolations. */
export function fixedText(string: StringExpr): string | undefined {
  let text = "";
  for (const part of string.parts) {
    if (part.kind !== "text") return undefined;
    text += part.text;
  }
  return text;
}

/** `a` or `"a"` as one name of an attribute path; undefined for any other expression. */
export function attrNameOf(expr: Expr): AttrName | undefined {
  const fields = attrNameFields(expr);
  return fields && { ...fields, source: expr.source, start: expr.start, end: expr.end };
}

/** The same without its place. */
export function attrNameFields(expr: Expr): Omit<AttrName, "source" | "start" | "end"> | undefined {
  const kind = "attr-name";
  if (expr.kind === "identifier") return { kind, quoted: false, name: expr.name, expr: undefined };
  if (expr.kind !== "string" || expr.indented) return undefined;
  const name = fixedText(expr);
  return { kind, quoted: true, name, expr: name === undefined ? expr : undefined };
}

/** `a`, `"a"` or `a.b` as an attribute path. */
export function attrPathOf(expr: Expr): readonly AttrName[] | undefined {
  const selected: (readonly AttrName[])[] = [];
  let head = expr;
  while (head.kind === "select" && head.fallback === undefined) {
    selected.push(head.path);
    head = head.target;
  }
  const first = attrNameOf(head);
  return first && [first, ...selected.reverse().flat()];
}

/** Where the word of a node is: a quoted name or plain string without its quotes, else the whole node. */
export function wordOf(node: Node): { readonly start: number; readonly end: number } {
  if (node.kind === "attr-name" && node.name !== undefined && node.name !== "" && isQuoted(node))
    return { start: node.start + 1, end: node.end - 1 };
  if (node.kind === "string" && !node.indented && node.parts.length === 1) {
    const [part] = node.parts;
    if (part?.kind === "text" && part.end > part.start) return { start: part.start, end: part.end };
  }
  return { start: node.start, end: node.end };
}

/** Whether it has quotes: `quoted` also holds for `${x}`. */
export function isQuoted(name: AttrName): boolean {
  return name.quoted && name.source.text[name.start] === '"';
}
