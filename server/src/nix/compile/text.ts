/**
 * Compiles strings and paths.
 *
 *   "a${b}"   ->   the text and b, coerced and joined
 *   ./x/${b}  ->   a path: the file's directory, "/x/", and b, normalised
 */
import type { PathExpr, SearchPath, StringExpr, StringPart } from "../../syntax/ast.ts";
import { coerceToString } from "../coerce.ts";
import { fail } from "../errors.ts";
import { TextBuilder } from "../limits.ts";
import { path, string, unknown } from "../make.ts";
import { normalizePath } from "../path.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { type Code, runAll } from "./code.ts";
import { compile } from "./expression.ts";
import { callCode } from "./function.ts";
import { pathStart } from "./literal.ts";
import { type Scope, variableCode, variableDelay } from "./scope.ts";

export function stringCode(expr: StringExpr, scope: Scope | undefined, nesting: number): Code {
  const origins = [expr];
  const codes = partCodes(expr.parts, scope, nesting);
  return (env, interpreter) =>
    runAll(codes, env, interpreter, (values) => {
      const text = new TextBuilder();
      for (const value of values) {
        if (value.type !== "string" || value.context) return joined(values);
        text.add(value.value);
      }
      return interpreter.paid(string(text.text, undefined, origins), [], text.longest);
    });

  function* joined(values: readonly Value[]): Eval<Value> {
    const text = new TextBuilder();
    const context = new Set<string>();
    for (const [index, value] of values.entries()) {
      const part = yield* coerceToString(value, { copyToStore: true, node: expr.parts[index] });
      text.add(part.value);
      for (const reference of part.context ?? []) context.add(reference);
    }
    return string(text.text, context, origins);
  }
}

export function pathCode(expr: PathExpr, scope: Scope | undefined, nesting: number): Code {
  const [first, ...rest] = expr.parts;
  const written = first?.kind === "text" ? first.text : "";
  const start = pathStart(expr);
  const slash = written.endsWith("/") ? "/" : "";
  const codes = partCodes(rest, scope, nesting);
  return (env, interpreter) => {
    const { home } = interpreter.world;
    if (start === undefined && home === undefined) return unknown("the home directory is not known", expr);
    const prefix = start ?? home + written.slice(1);
    return runAll(codes, env, interpreter, (values) => joined(prefix + slash, values));
  };

  function* joined(prefix: string, values: readonly Value[]): Eval<Value> {
    const text = new TextBuilder();
    text.add(prefix);
    for (const [index, value] of values.entries()) {
      const part = yield* coerceToString(value, { node: rest[index] });
      if (part.context) {
        return fail("error", "a string that refers to a store path cannot be appended to a path", expr);
      }
      text.add(part.value);
    }
    return path(normalizePath(text.text), [expr]);
  }
}

/** `<x>` means `__findFile __nixPath "x"`, whatever these names are bound to. */
export function searchPathCode(expr: SearchPath, scope: Scope | undefined): Code {
  const find = variableCode("__findFile", expr, scope);
  const entries = variableDelay("__nixPath", expr, scope);
  const name = Thunk.of(string(expr.text, undefined, [expr]));
  return callCode(find, [
    { call: expr, arg: entries },
    { call: expr, arg: () => name },
  ]);
}

function partCodes(parts: readonly StringPart[], scope: Scope | undefined, nesting: number): readonly Code[] {
  return parts.map((part) => {
    if (part.kind === "interpolation") return compile(part.expr, scope, nesting);
    const value = string(part.text, undefined, [part]);
    return () => value;
  });
}
