/**
 * The names every Nix file sees. Few builtins have a global name of their own; all of them have one with
 * two underscores before it.
 *
 *   map   __map   builtins.map   ->   the same function
 */
import { attrs, bool, nullValue, openLibrary, toThunk } from "./make.ts";
import { Thunk } from "./thunk.ts";
import type { Value } from "./value.ts";

const GLOBAL_NAMES = new Set([
  "abort",
  "baseNameOf",
  "break",
  "derivation",
  "derivationStrict",
  "dirOf",
  "fetchGit",
  "fetchMercurial",
  "fetchTarball",
  "fetchTree",
  "fromTOML",
  "import",
  "isNull",
  "map",
  "placeholder",
  "removeAttrs",
  "scopedImport",
  "throw",
  "toString",
]);

/** Whether every file sees the name, whatever it is in. */
export function isGlobalName(name: string): boolean {
  return (
    GLOBAL_NAMES.has(name) || ["builtins", "true", "false", "null"].includes(name) || name.startsWith("__")
  );
}

/**
 * `builtins` by name; `more` is added to the global names, and wins. Unless `exact`, there may be more builtins than
 * are known here.
 */
export function createGlobals(
  builtins: ReadonlyMap<string, Value>,
  more: ReadonlyMap<string, Value | Thunk> = new Map(),
  exact = false,
): Map<string, Thunk> {
  const members = new Map<string, Thunk>();
  for (const [name, value] of builtins) members.set(name, toThunk(value));
  members.set("true", toThunk(bool(true)));
  members.set("false", toThunk(bool(false)));
  members.set("null", toThunk(nullValue()));

  const globals = new Map<string, Thunk>();
  for (const [name, thunk] of members) {
    if (!builtins.has(name) || GLOBAL_NAMES.has(name)) globals.set(name, thunk);
    globals.set(`__${name}`, thunk);
  }
  // The set contains itself. Newer and other Nixes have builtins that are not here.
  const others = exact ? undefined : openLibrary("another version of Nix may have this builtin");
  const whole: Thunk = new Thunk(() => attrs(members, undefined, others));
  members.set("builtins", whole);
  globals.set("builtins", whole);
  for (const [name, value] of more) globals.set(name, toThunk(value));
  return globals;
}
