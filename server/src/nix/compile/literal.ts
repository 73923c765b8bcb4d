/**
 * Expressions that are values as they stand: numbers, the empty list, and strings and paths without interpolation.
 *
 *   ./x in /flake/a.nix   ->   the path /flake/x
 */
import type { Expr, PathExpr } from "../../syntax/ast.ts";
import { float, int, list, path, string } from "../make.ts";
import { parentPath, resolvePath } from "../path.ts";
import type { Value } from "../value.ts";

const MAX_INT = 2n ** 63n - 1n;

/** Undefined if `expr` must be evaluated, or is a path in the home directory, or a number too large for its type. */
export function literalValue(expr: Expr): Value | undefined {
  switch (expr.kind) {
    case "int": {
      const value = BigInt(expr.text);
      return value <= MAX_INT ? int(value, [expr]) : undefined;
    }
    case "float": {
      const value = Number(expr.text);
      return Number.isFinite(value) ? float(value, [expr]) : undefined;
    }
    case "uri":
      return string(expr.text, undefined, [expr]);
    case "string": {
      let text = "";
      for (const part of expr.parts) {
        if (part.kind !== "text") return undefined;
        text += part.text;
      }
      return string(text, undefined, [expr]);
    }
    case "path": {
      if (expr.parts.length > 1) return undefined;
      const start = pathStart(expr);
      return start === undefined ? undefined : path(start, [expr]);
    }
    case "list":
      return expr.elements.length === 0 && !expr.broken ? list([], [expr]) : undefined;
    default:
      return undefined;
  }
}

/** What the path begins with, made absolute; undefined for `~/…`. */
export function pathStart(expr: PathExpr): string | undefined {
  const [first] = expr.parts;
  const written = first?.kind === "text" ? first.text : "";
  return written.startsWith("~") ? undefined : resolvePath(parentPath(expr.source.path), written);
}
