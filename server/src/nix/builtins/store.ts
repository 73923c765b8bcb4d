/**
 * What copies to the store: `path`, `filterSource`, `toFile`. Nothing is copied; where the store path can be
 * computed from what is at hand it is known.
 *
 *   builtins.toFile "a" "text"  ->  "/nix/store/ns6dk6j1cl71f9gxcmr80wml7h2zm9hc-a"
 */
import { storeCopy } from "../copy-to-store.ts";
import { fail } from "../errors.ts";
import {
  expectAttrs,
  expectBool,
  expectFunction,
  expectString,
  expectStringWithoutContext,
  findAttr,
} from "../expect.ts";
import type { Eval } from "../machine.ts";
import { string, unknown } from "../make.ts";
import { compareText } from "../order.ts";
import { fixedOutputPath, textPath } from "../store-path.ts";
import type { Thunk } from "../thunk.ts";
import type { AttrsValue, BuiltinValue, Value } from "../value.ts";
import { lazy } from "./define.ts";
import { HashError, parseHash } from "./hash-format.ts";
import { coerceToPath } from "./path-text.ts";

export function storeBuiltins(): BuiltinValue[] {
  return [
    lazy("path", function* (argument) {
      return yield* copied(expectAttrs(yield argument));
    }),
    lazy("filterSource", function* (filter, source) {
      expectFunction(yield filter);
      return notComputed(yield* coerceToPath(yield source));
    }),
    lazy("toFile", toFile),
    lazy("storePath", function* (source): Eval<Value> {
      return unknown(`whether ${yield* coerceToPath(yield source)} is in the store is not known`);
    }),
  ];
}

/** `builtins.path`: by the hash that is expected, or by that of a whole single file. */
function* copied(args: AttrsValue): Eval<Value> {
  const source = findAttr(args, "path");
  if (source === undefined)
    return fail("error", "missing required 'path' attribute in the first argument to builtins.path");
  const path = yield* coerceToPath(yield source);
  const name = findAttr(args, "name");
  const storeName = name
    ? expectStringWithoutContext(yield name).value
    : path.slice(path.lastIndexOf("/") + 1);
  const recursive = findAttr(args, "recursive");
  const isRecursive = recursive ? expectBool(yield recursive).value : true;
  const expected = findAttr(args, "sha256");
  if (expected) {
    const hash = expectHash(expectStringWithoutContext(yield expected).value);
    return reference(fixedOutputPath(storeName, hash, isRecursive));
  }
  if (findAttr(args, "filter") || !isRecursive) return notComputed(path);
  return yield storeCopy(path, storeName);
}

function* toFile(name: Thunk, contents: Thunk): Eval<Value> {
  const storeName = expectStringWithoutContext(yield name).value;
  const text = expectString(yield contents);
  const references = [...(text.context ?? [])].sort(compareText);
  if (references.some((path) => !path.startsWith("/")))
    fail("error", `files created by toFile may not reference derivations, but '${storeName}' does`);
  return reference(textPath(storeName, text.value, references));
}

function expectHash(text: string): ReturnType<typeof parseHash> {
  try {
    return parseHash(text, "sha256");
  } catch (error) {
    if (error instanceof HashError) return fail("error", error.message);
    throw error;
  }
}

function reference(path: string): Value {
  return string(path, new Set([path]));
}

function notComputed(path: string): Value {
  return unknown(`the store path of ${path} is not computed`);
}
