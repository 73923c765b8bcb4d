/**
 * import-tree, native: a module that imports every Nix file below a directory.
 *
 *   inputs.import-tree ./modules   ->   { imports = [ ./modules/a.nix ./modules/b/c.nix ]; }
 *
 * Files and folders whose name starts with `_` are left out. Its methods give a changed import-tree, and so
 * does a function of it: `import-tree (i: i.initFilter (lib.hasSuffix ".mod.nix")) ./modules`.
 */

import { lazy } from "../../nix/builtins/define.ts";
import { PosixRegex } from "../../nix/builtins/posix-regex.ts";
import { fail } from "../../nix/errors.ts";
import { expectAttrs, expectBool, expectClosedList, expectString } from "../../nix/expect.ts";
import type { EvalHost } from "../../nix/host.ts";
import { apply } from "../../nix/interpreter.ts";
import { attr, attrs, attrsOf, list, path, unknown } from "../../nix/make.ts";
import { resolvePath } from "../../nix/path.ts";
import type { Eval } from "../../nix/step.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Attr, AttrsValue, Value } from "../../nix/value.ts";
import type { NativeInput } from "../flake.ts";

export const importTreeInput: NativeInput = {
  matches: ({ name, repository }) =>
    repository === undefined ? name === "import-tree" : /(^|\/)import-tree$/.test(repository),
  value: ({ evaluator }) => importTree(evaluator.host, START),
};

/** What was asked of an import-tree so far. */
interface Settings {
  /** Predicates on the file's path, as text. */
  readonly filters: readonly Thunk[];
  readonly patterns: readonly { readonly pattern: Thunk; readonly wanted: boolean }[];
  readonly maps: readonly Thunk[];
  readonly paths: readonly Thunk[];
  /** A predicate in place of "ends with .nix and has no /_". */
  readonly initial: Thunk | undefined;
  /** What becomes of the list of files, instead of a module that imports them. */
  readonly pipe: Thunk | undefined;
  /** Sets of functions of the import-tree, each of which makes an attribute of it. */
  readonly api: readonly Thunk[];
}

const START: Settings = {
  filters: [],
  patterns: [],
  maps: [],
  paths: [],
  initial: undefined,
  pipe: undefined,
  api: [],
};

function importTree(host: EvalHost, settings: Settings): Thunk {
  const tree: Thunk = new Thunk(() => withApi(tree, usualTree(host, settings), settings.api));
  return tree;
}

/** The attributes that `addAPI` gives it, behind the usual ones. */
function* withApi(tree: Thunk, usual: AttrsValue, api: readonly Thunk[]): Eval<Value> {
  let { open } = usual;
  const members = new Map<string, Attr>();
  for (const functions of api) {
    const added = yield functions;
    if (added.type === "unknown") open = added;
    else
      for (const [name, { value }] of expectAttrs(added).attrs) members.set(name, attr(apply(value, tree)));
  }
  return attrsOf(new Map([...members, ...usual.attrs]), usual.origins, open);
}

function usualTree(host: EvalHost, settings: Settings): AttrsValue {
  const changed = (change: Partial<Settings>): Thunk => importTree(host, { ...settings, ...change });
  const method = (name: string, change: (argument: Thunk) => Partial<Settings>): Value =>
    lazy(name, (argument) => changed(change(argument)));
  const identity = Thunk.of(lazy("identity", (value) => value));
  const result = (...paths: readonly Thunk[]): Thunk =>
    new Thunk(() => evaluate(host, { ...settings, paths: [...settings.paths, ...paths] }));
  const files = new Thunk(() => evaluate(host, { ...settings, pipe: identity }));
  const filtering = (wanted: boolean) => (predicate: Thunk) => ({
    filters: [...settings.filters, wanted ? predicate : negated(predicate)],
  });
  const matching = (wanted: boolean) => (pattern: Thunk) => ({
    patterns: [...settings.patterns, { pattern, wanted }],
  });
  return attrs(
    {
      __functor: lazy("importTree", function* (self, argument): Eval<Value> {
        const given = yield argument;
        if (given.type === "builtin" || (given.type === "lambda" && given.node.param.formals === undefined))
          return yield apply(argument, self);
        // The module system hands it the arguments of a module.
        return yield given.type === "attrs" && given.attrs.has("options") ? result() : result(argument);
      }),
      filter: method("filter", filtering(true)),
      filterNot: method("filterNot", filtering(false)),
      match: method("match", matching(true)),
      matchNot: method("matchNot", matching(false)),
      map: method("map", (fn) => ({ maps: [...settings.maps, fn] })),
      addPath: method("addPath", (more) => ({ paths: [...settings.paths, more] })),
      initFilter: method("initFilter", (initial) => ({ initial })),
      pipeTo: method("pipeTo", (pipe) => ({ pipe })),
      // The library is only needed to walk directories, which is native here.
      withLib: method("withLib", (_lib) => ({})),
      addAPI: method("addAPI", (functions) => ({ api: [...settings.api, functions] })),
      leafs: changed({ pipe: identity }),
      leaves: changed({ pipe: identity }),
      files,
      result: result(),
      new: importTree(host, START),
    },
    undefined,
    unknown("only the usual methods of import-tree are known"),
  );
}

function negated(predicate: Thunk): Thunk {
  return Thunk.of(
    lazy("not", function* (value): Eval<Value> {
      return { type: "bool", value: !expectBool(yield apply(predicate, value)).value };
    }),
  );
}

function* evaluate(host: EvalHost, settings: Settings): Eval<Value> {
  const found: Thunk[] = [];
  for (const start of settings.paths) yield* collect(host, settings, start, found);
  const mapped = settings.maps.reduce<readonly Thunk[]>(
    (elements, fn) => elements.map((element) => apply(fn, element)),
    found,
  );
  if (settings.pipe !== undefined) return yield apply(settings.pipe, Thunk.of(list(mapped)));
  return attrs({ imports: list(mapped) });
}

/** Everything below a path, in a list, or a module given as it is. */
function* collect(host: EvalHost, settings: Settings, start: Thunk, found: Thunk[]): Eval<void> {
  const value = yield start;
  if (value.type === "list") {
    for (const element of expectClosedList(value).elements) yield* collect(host, settings, element, found);
    return;
  }
  const inner = filesOfTree(value);
  if (inner !== undefined) {
    found.push(...expectClosedList(yield inner).elements);
    return;
  }
  const directory = value.type === "path" || value.type === "string" ? value.value : yield* outPath(value);
  if (directory === undefined) {
    found.push(start);
    return;
  }
  // A file named outright is taken whatever it is called.
  if (host.fileType(directory) === "regular") {
    found.push(Thunk.of(path(directory)));
    return;
  }
  if (!host.mayRead(directory)) {
    found.push(Thunk.of(unknown(`${directory} is outside of what may be read`)));
    return;
  }
  if (host.fileType(directory) === undefined)
    fail("error", `path '${directory}' does not exist`, start.node ?? value.origins?.[0]);
  for (const file of filesBelow(host, directory))
    if (yield* isWanted(settings, file, file.slice(directory.length))) found.push(Thunk.of(path(file)));
}

/** The files another import-tree finds, where one is given as a path. */
function filesOfTree(value: Value): Thunk | undefined {
  if (value.type !== "attrs" || !value.attrs.has("__functor")) return undefined;
  return value.attrs.get("files")?.value;
}

function* outPath(value: Value): Eval<string | undefined> {
  const thunk = value.type === "attrs" ? value.attrs.get("outPath")?.value : undefined;
  return thunk === undefined ? undefined : expectString(yield thunk).value;
}

function* filesBelow(host: EvalHost, directory: string): Generator<string> {
  const pending = [directory];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const folders: string[] = [];
    for (const [name, type] of [...(host.readDir(next) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (type === "directory") folders.push(resolvePath(next, name));
      else if (type === "regular") yield resolvePath(next, name);
    }
    pending.push(...folders.reverse());
  }
}

/** `below` is the path inside the tree: the folder's own place does not count. */
function* isWanted(settings: Settings, file: string, below: string): Eval<boolean> {
  const text: Thunk = Thunk.of({ type: "string", value: below });
  if (settings.initial !== undefined) {
    if (!expectBool(yield apply(settings.initial, text)).value) return false;
  } else if (!file.endsWith(".nix") || below.includes("/_")) return false;
  for (const filter of settings.filters) if (!expectBool(yield apply(filter, text)).value) return false;
  for (const { pattern, wanted } of settings.patterns) {
    const matches = new PosixRegex(expectString(yield pattern).value).matchWhole(below) !== undefined;
    if (matches !== wanted) return false;
  }
  return true;
}
