/**
 * Builtins that look at what kind of value something is.
 *
 *   builtins.typeOf { }  ->  "set"        builtins.isNull 1  ->  false
 */
import { fail, Undecided } from "../errors.ts";
import { attr, attrsOf, bool, string } from "../make.ts";
import { Thunk } from "../thunk.ts";
import type { Attr, BuiltinValue, Value } from "../value.ts";
import { eager } from "./define.ts";

const NAMES: Readonly<Record<Exclude<Value["type"], "unknown">, string>> = {
  null: "null",
  bool: "bool",
  int: "int",
  float: "float",
  string: "string",
  path: "path",
  list: "list",
  attrs: "set",
  lambda: "lambda",
  builtin: "lambda",
};

/** `"set"`, `"lambda"`, …; throws Undecided for an Unknown. */
export function typeName(value: Value): string {
  if (value.type === "unknown") throw new Undecided(value);
  return NAMES[value.type];
}

export function typeBuiltins(): BuiltinValue[] {
  return [
    eager("typeOf", (value) => string(typeName(value))),
    ...[
      ["isAttrs", "set"],
      ["isBool", "bool"],
      ["isFloat", "float"],
      ["isFunction", "lambda"],
      ["isInt", "int"],
      ["isList", "list"],
      ["isNull", "null"],
      ["isPath", "path"],
      ["isString", "string"],
    ].map(([name = "", type]) => eager(name, (value) => bool(typeName(value) === type))),
    eager("functionArgs", functionArgs),
  ];
}

/** The formals of `{ a, b ? 1 }:`, each with whether it has a default. */
export function functionArgs(fn: Value): Value {
  const formals = new Map<string, Attr>();
  if (fn.type === "builtin") {
    for (const [name, optional] of fn.formals ?? []) formals.set(name, attr(Thunk.of(bool(optional))));
  } else if (fn.type === "lambda") {
    for (const { name, fallback } of fn.node.param.formals ?? [])
      formals.set(name.name, attr(Thunk.of(bool(fallback !== undefined)), [name]));
  } else if (fn.type === "unknown") {
    throw new Undecided(fn);
  } else {
    fail("error", "'functionArgs' requires a function");
  }
  return attrsOf(formals);
}
