/**
 * An expression as Nix shows it in messages: desugared, with all its parentheses.
 *
 *   x > 2   ->   (__lessThan 2 x)
 */
import type { AttrName, BindingLike, Expr, Param, StringPart } from "../syntax/ast.ts";
import { quoteString } from "./nix-text.ts";

export function showExpr(expr: Expr): string {
  switch (expr.kind) {
    case "int":
      return expr.text;
    case "float":
      return String(Number(expr.text));
    case "uri":
      return quoteString(expr.text);
    case "identifier":
      return expr.name;
    case "string":
      return showParts(expr.parts);
    case "path":
      return expr.parts.length > 1 ? showParts(expr.parts) : textOf(expr);
    case "search-path":
      return `(__findFile __nixPath ${quoteString(expr.text)})`;
    case "list":
      return `[ ${expr.elements.map((element) => `(${showExpr(element)}) `).join("")}]`;
    case "attrset":
      return `${expr.recursive ? "rec " : ""}{ ${expr.bindings.map(showBinding).join("")}}`;
    case "let":
      return `(let ${expr.bindings.map(showBinding).join("")}in ${showExpr(expr.body)})`;
    case "with":
      return `(with ${showExpr(expr.scope)}; ${showExpr(expr.body)})`;
    case "assert":
      return `assert ${showExpr(expr.condition)}; ${showExpr(expr.body)}`;
    case "if":
      return `(if ${showExpr(expr.condition)} then ${showExpr(expr.consequence)} else ${showExpr(expr.alternative)})`;
    case "lambda":
      return `(${showParam(expr.param)}: ${showExpr(expr.body)})`;
    case "apply":
      return showCall(expr);
    case "select": {
      const fallback = expr.fallback ? ` or (${showExpr(expr.fallback)})` : "";
      return `(${showExpr(expr.target)}).${showPath(expr.path)}${fallback}`;
    }
    case "has-attr":
      return `((${showExpr(expr.target)}) ? ${showPath(expr.path)})`;
    case "unary": {
      const operand = showExpr(expr.operand);
      return expr.op === "!" ? `(! ${operand})` : `(__sub 0 ${operand})`;
    }
    case "binary":
      return showBinary(expr);
    case "error":
      return textOf(expr);
  }
}

/** Nix has these operators only as calls. */
const CALLS: Readonly<Record<string, string>> = {
  "-": "__sub",
  "*": "__mul",
  "/": "__div",
  "<": "__lessThan",
};

function showBinary({ op, left, right }: Expr & { kind: "binary" }): string {
  const [a, b] = [showExpr(left), showExpr(right)];
  switch (op) {
    case ">":
      return `(__lessThan ${b} ${a})`;
    case "<=":
      return `(! (__lessThan ${b} ${a}))`;
    case ">=":
      return `(! (__lessThan ${a} ${b}))`;
    case "|>":
      return `(${b} ${a})`;
    case "<|":
      return `(${a} ${b})`;
    default: {
      const call = CALLS[op];
      return call ? `(${call} ${a} ${b})` : `(${a} ${op} ${b})`;
    }
  }
}

/** All arguments of `f a b` belong to one call. */
function showCall(expr: Expr & { kind: "apply" }): string {
  const args: string[] = [];
  let fn: Expr = expr;
  for (; fn.kind === "apply"; fn = fn.fn) args.unshift(showExpr(fn.arg));
  return `(${[showExpr(fn), ...args].join(" ")})`;
}

function showParts(parts: readonly StringPart[]): string {
  const shown = parts.map((part) => (part.kind === "text" ? quoteString(part.text) : showExpr(part.expr)));
  if (parts.every((part) => part.kind === "text")) return shown.join("") || '""';
  return `(${shown.join(" + ")})`;
}

function showParam({ name, formals, ellipsis }: Param): string {
  if (formals === undefined) return name?.name ?? "";
  const shown = formals.map((formal) =>
    formal.fallback ? `${formal.name.name} ? ${showExpr(formal.fallback)}` : formal.name.name,
  );
  const set = `{ ${[...shown, ...(ellipsis ? ["..."] : [])].join(", ")} }`;
  return name ? `${set} @ ${name.name}` : set;
}

function showBinding(binding: BindingLike): string {
  if (binding.kind === "binding") {
    const [name, ...inner] = binding.path.map(showName);
    const value = inner.reduceRight((shown, next) => `{ ${next} = ${shown}; }`, showExpr(binding.value));
    return `${name} = ${value}; `;
  }
  const from = binding.from ? `(${showExpr(binding.from)}) ` : "";
  return `inherit ${from}${binding.names.map(showName).join(" ")} ; `;
}

function showPath(path: readonly AttrName[]): string {
  return path.map(showName).join(".");
}

function showName({ name, expr }: AttrName): string {
  return name ?? (expr ? `"\${${showExpr(expr)}}"` : "");
}

function textOf({ source, start, end }: Expr): string {
  return source.text.slice(start, end);
}
