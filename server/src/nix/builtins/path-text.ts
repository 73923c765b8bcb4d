/**
 * Paths as text: `baseNameOf`, `dirOf`, and reading an argument as a path.
 *
 *   builtins.baseNameOf "/a/b.nix"  ->  "b.nix"        builtins.dirOf "/a/b.nix"  ->  "/a"
 */
import { coerceToString } from "../coerce.ts";
import { fail, Undecided } from "../errors.ts";
import { path, string, unknown } from "../make.ts";
import { normalizePath } from "../path.ts";
import type { Eval } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { BuiltinValue, Value } from "../value.ts";
import { lazy } from "./define.ts";

export function pathBuiltins(): BuiltinValue[] {
  return [
    lazy("baseNameOf", function* (value) {
      const text = yield* coerceToString(yield value);
      // One trailing slash is no part of the name; several are an empty name.
      const name = /([^/]*)\/?$/.exec(text.value)?.[1] ?? "";
      return string(name, text.context);
    }),
    lazy("dirOf", dirOf),
    lazy("toPath", function* (value) {
      const text = yield* coerceToString(yield value);
      return string(absolute(text.value), text.context);
    }),
  ];
}

function* dirOf(argument: Thunk): Eval<Value> {
  const value = yield argument;
  if (value.type === "path") return path(value.value.replace(/\/[^/]*$/, "") || "/");
  const text = yield* coerceToString(value);
  const slash = text.value.lastIndexOf("/");
  const directory = slash < 0 ? "." : slash === 0 ? "/" : text.value.slice(0, slash);
  return string(directory, text.context);
}

/** The path a path, a string or a set with `outPath` names. Throws Undecided, or NixError if it is not absolute. */
export function* coerceToPath(value: Value): Eval<string> {
  const text = yield* coerceToString(value);
  // Store paths in a context would have to be built first.
  if (text.context?.size) throw new Undecided(unknown(`${text.value} would have to be built`));
  return absolute(text.value);
}

function absolute(text: string): string {
  if (!text.startsWith("/")) fail("error", `string '${text}' doesn't represent an absolute path`);
  return normalizePath(text);
}
