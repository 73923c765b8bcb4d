/**
 * Reading files: `import`, `readFile`, `readDir`, `pathExists`, `findFile`, …
 *
 *   builtins.readDir ./machines  ->  { web = "directory"; }
 *
 * Everything goes through the host; what lies outside of what it may read is Unknown.
 */

import { coerceToString } from "../coerce.ts";
import type { Context } from "../context.ts";
import { fail, Undecided } from "../errors.ts";
import {
  expectAttrs,
  expectClosedAttrs,
  expectClosedList,
  expectStringWithoutContext,
  findAttr,
} from "../expect.ts";
import { folderTooLarge, MAX_PATH } from "../host.ts";
import { attrs, bool, path, string, unknown } from "../make.ts";
import { normalizePath } from "../path.ts";
import type { Eval } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import { refuseUnreadable } from "../unreadable.ts";
import type { BuiltinValue, StringValue, Value } from "../value.ts";
import { lazy } from "./define.ts";
import { digest, formatHash } from "./hash-format.ts";
import { expectAlgorithm } from "./hashes.ts";
import { coerceToPath } from "./path-text.ts";
import { storeBuiltins } from "./store.ts";

export function fileBuiltins(context: Context): BuiltinValue[] {
  const { host } = context;

  /** The path an argument names, if it may be read. */
  function* readable(argument: Thunk): Eval<string> {
    const file = yield* coerceToPath(yield argument);
    if (file.length > MAX_PATH)
      throw new Undecided(
        unknown(`a path of ${file.length} characters is longer than the ${MAX_PATH} of a file`),
      );
    if (!host.mayRead(file)) throw new Undecided(unknown(`${file} is outside of what may be read`));
    return file;
  }

  function* readFile(argument: Thunk): Eval<StringValue> {
    const file = yield* readable(argument);
    const text = host.readFile(file);
    if (text === undefined) return missingFile(file);
    if (text.includes("\0"))
      fail("error", `the contents of the file '${file}' cannot be represented as a Nix string`);
    // `fromJSON (readFile …)` finds the places in the file by this origin.
    const source = file.endsWith(".json") ? host.source(file) : undefined;
    return { ...string(text, undefined, source && [source.root]), file };
  }

  function missingFile(file: string): never {
    refuseUnreadable(host, file);
    return missing("opening file", file);
  }

  function* pathExists(argument: Thunk): Eval<Value> {
    const value = yield argument;
    const file = yield* readable(argument);
    const type = host.fileType(file);
    const mustBeDirectory = value.type === "string" && /\/\.?$/.test(value.value);
    return bool(type !== undefined && (!mustBeDirectory || host.readDir(file) !== undefined));
  }

  /** Tries `prefix=path` entries in order. */
  function* findFile(entries: Thunk, wanted: Thunk): Eval<Value> {
    const { elements } = expectClosedList(yield entries);
    const candidates: { prefix: string; directory: string }[] = [];
    for (const element of elements) {
      const entry = expectAttrs(yield element);
      const prefix = findAttr(entry, "prefix");
      const directory = findAttr(entry, "path") ?? fail("error", "attribute 'path' missing");
      candidates.push({
        prefix: prefix ? expectStringWithoutContext(yield prefix).value : "",
        directory: (yield* coerceToString(yield directory)).value,
      });
    }
    const name = expectStringWithoutContext(yield wanted).value;
    for (const { prefix, directory } of candidates) {
      const rest = suffixAfter(prefix, name);
      if (rest === undefined) continue;
      if (!directory.startsWith("/")) throw new Undecided(unknown(`${directory} is never fetched`));
      const file = normalizePath(`${directory}/${rest}`);
      if (!host.mayRead(file)) throw new Undecided(unknown(`${file} is outside of what may be read`));
      if (host.fileType(file) !== undefined) return path(file);
    }
    if (name.startsWith("nix/")) throw new Undecided(unknown(`<${name}> is a part of Nix`));
    return fail("throw", `file '${name}' was not found in the Nix search path`);
  }

  return [
    lazy("import", function* (file) {
      return yield context.importFile(yield* coerceToPath(yield file));
    }),
    lazy("scopedImport", function* (scope, file) {
      const { attrs: names } = expectClosedAttrs(yield scope);
      const thunks = new Map([...names].map(([name, { value }]) => [name, value]));
      return yield context.importScoped(yield* coerceToPath(yield file), thunks);
    }),
    lazy("readFile", readFile),
    lazy("readDir", function* (argument) {
      const directory = yield* readable(argument);
      const entries = host.readDir(directory);
      if (entries === undefined) return missing("opening directory", directory);
      const large = folderTooLarge(directory, entries.size);
      if (large !== undefined) throw new Undecided(unknown(large));
      return attrs(new Map([...entries].map(([name, type]) => [name, string(type)])));
    }),
    lazy("readFileType", function* (argument) {
      const file = yield* readable(argument);
      return string(host.fileType(file) ?? missing("getting status of", file));
    }),
    lazy("pathExists", pathExists),
    lazy("hashFile", function* (algorithm, argument) {
      const name = expectAlgorithm(yield algorithm);
      const file = yield* readable(argument);
      const text = host.readFile(file) ?? missingFile(file);
      // What is no UTF-8 was lost in reading.
      if (text.includes("\ufffd")) throw new Undecided(unknown(`${file} is a binary file`));
      return string(formatHash(digest(name, text), "base16"));
    }),
    lazy("findFile", findFile),
    ...storeBuiltins(),
  ];
}

function missing(action: string, file: string): never {
  return fail("error", `${action} '${file}': No such file or directory`);
}

/** What is left of `name` after `prefix`; undefined if it does not start with that path segment. */
function suffixAfter(prefix: string, name: string): string | undefined {
  if (prefix === "") return name;
  if (name === prefix) return "";
  return name.startsWith(`${prefix}/`) ? name.slice(prefix.length + 1) : undefined;
}
