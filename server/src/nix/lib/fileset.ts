/**
 * `lib.fileset`: sets of files, and the copies made of them. Folders stand for the files in them.
 *
 *   lib.fileset.toList (lib.fileset.difference ./. ./b.nix)  ->  [ ./a.txt ./sub/c.nix ]
 *
 * What git tracks is not asked for here: `gitTracked` is Unknown.
 */
import type { Context } from "../context.ts";
import { fail, Undecided } from "../errors.ts";
import { expectAttrs, expectBool, expectClosedList, expectString, findAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attrs, bool, list, path, string, unknown } from "../make.ts";
import { compareText } from "../order.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { lazily, listOf, type Members } from "./native.ts";

export function filesetMembers(context: Context, builtins: Members): Members {
  const { host } = context;

  /** The files at or below `root`, in the order of their names, folder by folder. */
  function filesBelow(root: string): string[] {
    if (!host.mayRead(root)) throw new Undecided(unknown(`${root} is outside of what may be read`));
    if (host.fileType(root) !== "directory") return [root];
    const names = [...(host.readDir(root) ?? new Map()).keys()].sort(compareText);
    return names.flatMap((name) => filesBelow(`${root === "/" ? "" : root}/${name}`));
  }

  /** The files of a set, or of a path that stands for one. */
  function* filesOf(set: Thunk, caller: string): Eval<readonly string[]> {
    const value = yield set;
    if (value.type === "path") {
      if (host.mayRead(value.value) && host.fileType(value.value) === undefined)
        fail("throw", `lib.fileset.${caller}: Argument (${value.value}) is a path that does not exist.`);
      return filesBelow(value.value);
    }
    if (value.type === "unknown") throw new Undecided(value);
    const files = value.type === "attrs" ? value.attrs.get(FILES)?.value : undefined;
    if (files === undefined)
      return fail("throw", `lib.fileset.${caller}: Argument is neither a file set nor a path.`);
    const names: string[] = [];
    for (const file of expectClosedList(yield files).elements) names.push(expectString(yield file).value);
    return names;
  }

  function* unionOf(sets: readonly Thunk[], caller: string): Eval<Value> {
    const files = new Set<string>();
    for (const set of sets) for (const file of yield* filesOf(set, caller)) files.add(file);
    return filesetOf([...files].sort(compareFiles));
  }

  /** The files of the first set that are, or are not, in the second. */
  function* select(a: Thunk, b: Thunk, caller: string, inBoth: boolean): Eval<Value> {
    const files = yield* filesOf(a, caller);
    const others = new Set(yield* filesOf(b, caller));
    return filesetOf(files.filter((file) => others.has(file) === inBoth));
  }

  function* fileFilter(predicate: Thunk, folder: Thunk): Eval<Value> {
    const root = yield folder;
    if (root.type === "unknown") throw new Undecided(root);
    if (root.type !== "path")
      return fail("throw", "lib.fileset.fileFilter: Second argument should be a path instead.");
    const kept: string[] = [];
    for (const file of yield* filesOf(folder, "fileFilter")) {
      const description = Thunk.of(describe(file, host.fileType(file) ?? "unknown"));
      if (expectBool(yield apply(predicate, description)).value) kept.push(file);
    }
    return filesetOf(kept);
  }

  function* toSource(args: Thunk): Eval<Value> {
    const given = expectAttrs(yield args);
    const required = (name: string): Thunk =>
      findAttr(given, name) ??
      fail("error", `function 'toSource' called without required argument '${name}'`);
    const rootThunk = required("root");
    const root = yield rootThunk;
    if (root.type === "unknown") throw new Undecided(root);
    if (root.type !== "path") return fail("throw", "lib.fileset.toSource: `root` should be a path instead.");
    if (host.mayRead(root.value) && host.fileType(root.value) !== "directory")
      return fail("throw", `lib.fileset.toSource: \`root\` (${root.value}) is no directory.`);
    const start = root.value === "/" ? "/" : `${root.value}/`;
    const files = new Set(yield* filesOf(required("fileset"), "toSource"));
    const folders = new Set<string>();
    for (const file of files) {
      if (!file.startsWith(start))
        fail(
          "throw",
          `lib.fileset.toSource: \`fileset\` could contain files in ${file}, which is not under the \`root\` (${root.value}).`,
        );
      for (let end = file.lastIndexOf("/"); end >= start.length; end = file.lastIndexOf("/", end - 1))
        folders.add(file.slice(0, end));
    }
    const { filter } = lazily({
      filter: function* (file, _type) {
        const name = expectString(yield file).value;
        return bool(files.has(name) || folders.has(name));
      },
    }) as { filter: Value };
    const name = string("source");
    return attrs({
      _isLibCleanSourceWith: bool(true),
      origSrc: rootThunk,
      filter,
      name,
      outPath: apply(builtins.path as Value, Thunk.of(attrs({ path: rootThunk, name, filter }))),
    });
  }

  return lazily({
    toSource,
    fileFilter,
    toList: function* (set) {
      return list((yield* filesOf(set, "toList")).map((file) => Thunk.of(path(file))));
    },
    maybeMissing: function* (file) {
      const value = yield file;
      if (value.type === "unknown") throw new Undecided(value);
      if (value.type !== "path")
        return fail("throw", "lib.fileset.maybeMissing: Argument should be a path instead.");
      const known = !host.mayRead(value.value) || host.fileType(value.value) !== undefined;
      return filesetOf(known ? filesBelow(value.value) : []);
    },
    union: (a, b) => unionOf([a, b], "union"),
    unions: function* (sets) {
      return yield* unionOf((yield* listOf(sets)).elements, "unions");
    },
    intersection: (a, b) => select(a, b, "intersection", true),
    difference: (a, b) => select(a, b, "difference", false),
    trace: (_set, value) => value,
    traceVal: (set) => set,
    gitTracked: (_root) => unknown("what git tracks is not known to lib.fileset"),
    gitTrackedWith: (_options, _root) => unknown("what git tracks is not known to lib.fileset"),
  });
}

/** Where a set keeps its files, as strings. */
const FILES = "_files";

function filesetOf(files: readonly string[]): Value {
  return attrs({
    _type: string("fileset"),
    [FILES]: list(files.map((file) => Thunk.of(string(file)))),
  });
}

/** By folder: what is in `a/` comes before `a.nix`. */
function compareFiles(a: string, b: string): number {
  const [left, right] = [a.split("/"), b.split("/")];
  for (const [index, segment] of left.entries()) {
    const difference = compareText(segment, right[index] ?? "");
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** What `fileFilter` tells a predicate of a file. */
function describe(file: string, type: string): Value {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const { hasExt } = lazily({
    hasExt: function* (extension) {
      return bool(name.endsWith(`.${expectString(yield extension).value}`));
    },
  }) as { hasExt: Value };
  return attrs({ name: string(name), type: string(type), hasExt });
}
