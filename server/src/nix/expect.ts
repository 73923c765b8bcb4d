/**
 * Typed access to values, with Nix's own words when the type is wrong. Each of these throws `Undecided` for
 * an Unknown, so that whatever needed its content becomes Unknown too (errors.ts).
 *
 *   expectInt(yield thunk).value   ->   3n, or "value is a string while an integer was expected"
 */
import type { Node } from "../syntax/ast.ts";
import { fail, failFor, Undecided } from "./errors.ts";
import type { Thunk } from "./thunk.ts";
import type {
  AttrsValue,
  BoolValue,
  BuiltinValue,
  FloatValue,
  IntValue,
  LambdaValue,
  ListValue,
  PathValue,
  StringValue,
  Unknown,
  Value,
} from "./value.ts";

/** The type of a value as Nix's messages name it: "a set", "an integer", "the built-in function 'map'". */
export function showType(value: Value): string {
  switch (value.type) {
    case "null":
      return "null";
    case "bool":
      return "a Boolean";
    case "int":
      return "an integer";
    case "float":
      return "a float";
    case "string":
      return value.context ? "a string with context" : "a string";
    case "path":
      return "a path";
    case "list":
      return "a list";
    case "attrs":
      return "a set";
    case "lambda":
      return "a function";
    case "builtin":
      return `the ${value.args.length > 0 ? "partially applied " : ""}built-in function '${value.name}'`;
    case "unknown":
      return "an unknown value";
  }
}

export function expectBool(value: Value, node?: Node): BoolValue {
  return value.type === "bool" ? value : mismatch(value, "a Boolean", node);
}

export function expectInt(value: Value): IntValue {
  return value.type === "int" ? value : mismatch(value, "an integer");
}

export function expectNumber(value: Value): IntValue | FloatValue {
  return value.type === "int" || value.type === "float" ? value : mismatch(value, "a float");
}

/** A string, with whatever context it has. */
export function expectString(value: Value): StringValue {
  return value.type === "string" ? value : mismatch(value, "a string");
}

/** For arguments that must not refer to the store. */
export function expectStringWithoutContext(value: Value): StringValue {
  const text = expectString(value);
  if (text.context === undefined) return text;
  const [reference = ""] = text.context;
  return fail(
    "error",
    `the string '${text.value}' is not allowed to refer to a store path (such as '${reference}')`,
  );
}

export function expectPath(value: Value): PathValue {
  return value.type === "path" ? value : mismatch(value, "a path");
}

/** Perhaps an open list: more elements than `elements` may exist. */
export function expectList(value: Value): ListValue {
  return value.type === "list" ? value : mismatch(value, "a list");
}

/** A list of which all elements are known. */
export function expectClosedList(value: Value): ListValue {
  const found = expectList(value);
  if (found.open) throw new Undecided(found.open);
  return found;
}

/** Perhaps an open set: more attributes than `attrs` may exist. */
export function expectAttrs(value: Value): AttrsValue {
  return value.type === "attrs" ? value : mismatch(value, "a set");
}

/** A set of which all names are known. */
export function expectClosedAttrs(value: Value): AttrsValue {
  const found = expectAttrs(value);
  if (found.open) throw new Undecided(found.open);
  return found;
}

/** Anything that can be applied; a set counts if it has `__functor`. */
export function expectFunction(value: Value): LambdaValue | BuiltinValue | AttrsValue {
  if (value.type === "lambda" || value.type === "builtin") return value;
  if (value.type === "attrs" && findAttr(value, "__functor")) return value;
  return mismatch(value, "a function");
}

/** Why the set might have an attribute `name` that is not known of it; undefined if it surely lacks it. */
export function mayHave(set: AttrsValue, name: string): Unknown | undefined {
  return set.lacks?.has(name) ? undefined : set.open;
}

/** The attribute's thunk, or undefined if the set surely lacks it; throws Undecided if it might have it. */
export function findAttr(set: AttrsValue, name: string): Thunk | undefined {
  const found = set.attrs.get(name);
  const doubt = found ? undefined : mayHave(set, name);
  if (doubt) throw new Undecided(doubt);
  return found?.value;
}

/** As findAttr, of a set that must have the attribute: the argument of the builtin `caller`. */
export function requiredAttr(set: AttrsValue, name: string, caller: string): Thunk {
  const message = `attribute '${name}' missing for call to '${caller}'`;
  return findAttr(set, name) ?? fail("error", message, set.origins?.[0]);
}

/** Throws: Undecided for an Unknown, else the error that `value`, used at `node`, is not `expected` ("a list"). */
export function mismatch(value: Value, expected: string, node?: Node): never {
  if (value.type === "unknown") throw new Undecided(value);
  return failFor(value, `value is ${showType(value)} while ${expected} was expected`, node);
}
