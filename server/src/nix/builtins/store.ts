/**
 * What copies to the store: `path`, `filterSource`, `toFile`. Nothing is copied; where the store path can be
 * computed from what is at hand it is known.
 *
 *   builtins.toFile "a" "text"  ->  "/nix/store/ns6dk6j1cl71f9gxcmr80wml7h2zm9hc-a"
 */
import { type CopyOptions, storeCopy, storeReference } from "../copy-to-store.ts";
import { fail } from "../errors.ts";
import {
  expectAttrs,
  expectBool,
  expectString,
  expectStringWithoutContext,
  findAttr,
  showType,
} from "../expect.ts";
import { apply } from "../interpreter.ts";
import { string, unknown } from "../make.ts";
import { compareText } from "../order.ts";
import type { Eval } from "../step.ts";
import { fixedOutputPath, textPath } from "../store-path.ts";
import { Thunk } from "../thunk.ts";
import type { AttrsValue, BuiltinValue, Value } from "../value.ts";
import { lazy } from "./define.ts";
import { HashError, parseHash } from "./hash-format.ts";
import { coerceToPath } from "./path-text.ts";

export function storeBuiltins(): BuiltinValue[] {
  return [
    lazy("path", function* (argument) {
      return yield* copied(expectAttrs(yield argument));
    }),
    lazy("filterSource", filterSource),
    lazy("toFile", toFile),
    lazy("storePath", storePath),
  ];
}

const PATH_ARGUMENTS = new Set(["path", "name", "filter", "recursive", "sha256"]);

/** `builtins.path`: by the hash that is expected, or by that of a whole single file. */
function* copied(args: AttrsValue): Eval<Value> {
  for (const [name, { keys }] of args.attrs)
    if (!PATH_ARGUMENTS.has(name)) fail("error", `unsupported argument '${name}' to 'addPath'`, keys[0]);
  const source = findAttr(args, "path");
  if (source === undefined)
    return fail("error", "missing required 'path' attribute in the first argument to builtins.path");
  const path = yield* coerceToPath(yield source);
  const name = findAttr(args, "name");
  const storeName = name && expectStringWithoutContext(yield name).value;
  const recursive = findAttr(args, "recursive");
  const isRecursive = recursive ? expectBool(yield recursive).value : true;
  const expected = findAttr(args, "sha256");
  if (expected) {
    const hash = expectHash(expectStringWithoutContext(yield expected).value);
    const called = storeName ?? path.slice(path.lastIndexOf("/") + 1);
    return storeReference(fixedOutputPath(called, hash, isRecursive));
  }
  const filter = findAttr(args, "filter");
  const keep = filter && keeping(yield filter);
  return yield storeCopy(path, { name: storeName, keep, flat: !isRecursive });
}

function* filterSource(filter: Thunk, source: Thunk): Eval<Value> {
  const keep = yield filter;
  const path = yield* coerceToPath(yield source);
  if (keep.type !== "lambda" && keep.type !== "builtin" && keep.type !== "attrs" && keep.type !== "unknown")
    fail("error", `first argument in call to 'filterSource' is not a function but ${showType(keep)}`);
  return yield storeCopy(path, { keep: keeping(keep) });
}

/** What a filter says of an entry, which it is given as a string and its type. */
function keeping(filter: Value): CopyOptions["keep"] {
  return function* (path, type) {
    return expectBool(yield apply(filter, Thunk.of(string(path)), Thunk.of(string(type)))).value;
  };
}

/** A path in the store, as a string that refers to the whole it belongs to. What is in the store is not known. */
function* storePath(source: Thunk): Eval<Value> {
  const path = yield* coerceToPath(yield source);
  if (!path.startsWith("/nix/store/")) fail("error", `path '${path}' is not in the Nix store`);
  return unknown(`whether ${path} is in the store is not known`);
}

function* toFile(name: Thunk, contents: Thunk): Eval<Value> {
  const storeName = expectStringWithoutContext(yield name).value;
  const text = expectString(yield contents);
  const references = [...(text.context ?? [])].sort(compareText);
  if (references.some((path) => !path.startsWith("/")))
    fail("error", `files created by toFile may not reference derivations, but '${storeName}' does`);
  return storeReference(textPath(storeName, text.value, references));
}

function expectHash(text: string): ReturnType<typeof parseHash> {
  try {
    return parseHash(text, "sha256");
  } catch (error) {
    if (error instanceof HashError) return fail("error", error.message);
    throw error;
  }
}
