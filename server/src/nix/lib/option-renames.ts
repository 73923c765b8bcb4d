/**
 * Modules that rename, alias or remove options: `mkRenamedOptionModule` and its kin.
 *
 *   lib.mkRenamedOptionModule [ "a" ] [ "b" ]  ->  a module whose option `a` defines `b`
 *
 * What they warn about is left out: warnings are messages of an evaluation nobody builds from.
 */
import { lazy } from "../builtins/define.ts";
import { fail } from "../errors.ts";
import { expectAttrs, expectClosedList, findAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attrs, bool, builtin, list, string, unknown } from "../make.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { findByPath, setByPath } from "./attrsets.ts";
import { mkAliasDefinitions, mkIf, mkMerge } from "./marks.ts";
import { lazily, type Members, textOf } from "./native.ts";
import { showOption } from "./options.ts";

export function renamingMembers(): Members {
  return lazily({
    doRename: function* (args) {
      const given = expectAttrs(yield args);
      const required = (name: string): Thunk =>
        findAttr(given, name) ?? fail("error", `attribute '${name}' missing`);
      return renamed(
        required("from"),
        required("to"),
        required("visible"),
        given.attrs.get("condition")?.value,
      );
    },
    mkRenamedOptionModule: (from, to) => renamed(from, to, Thunk.of(bool(false))),
    mkRenamedOptionModuleWith: function* (args) {
      const given = expectAttrs(yield args);
      const required = (name: string): Thunk =>
        findAttr(given, name) ?? fail("error", `attribute '${name}' missing`);
      return renamed(required("from"), required("to"), Thunk.of(bool(false)));
    },
    mkAliasOptionModule: (from, to) => renamed(from, to, Thunk.of(bool(true))),
    mkAliasOptionModuleMD: (from, to) => renamed(from, to, Thunk.of(bool(true))),
    mkRemovedOptionModule: (path, instructions) => removed(path, instructions),
    mkChangedOptionModule: (from, to, change) => merged(Thunk.of(list([from])), to, change),
    mkMergedOptionModule: (from, to, merge) => merged(from, to, merge),
  });
}

/** A module: a function of `config`, `options` and whatever else there is. */
function moduleFunction(call: (config: Thunk, options: Thunk) => Eval<Value>): Value {
  const formals = new Map([
    ["config", false],
    ["options", false],
  ]);
  const body = function* (args: Thunk): Eval<Value> {
    const given = expectAttrs(yield args);
    const argument = (name: string): Thunk =>
      findAttr(given, name) ?? fail("error", `function called without required argument '${name}'`);
    return yield* call(argument("config"), argument("options"));
  };
  return builtin("module", 1, (args) => body(args[0] as Thunk), formals);
}

function option(attributes: Readonly<Record<string, Value | Thunk>>): Thunk {
  return Thunk.of(attrs({ _type: string("option"), ...attributes }));
}

function function1(call: (arg: Thunk) => Value | Thunk | Eval<Value>): Value {
  return lazy("apply", (arg) => call(arg));
}

/** What stands at a path that must exist. */
function* at(path: Thunk, set: Thunk): Eval<Value> {
  const found = yield* findByPath(path, set);
  return yield found ?? fail("abort", `option '${yield* showOption(path)}' does not exist`);
}

/** An option at `from` whose definitions are definitions of `to`. */
function renamed(from: Thunk, to: Thunk, visible: Thunk, condition?: Thunk): Value {
  return moduleFunction(function* (config, options) {
    // Which options there are must not hang on the target's type: it is looked up when somebody asks for it.
    const type = new Thunk(function* (): Eval<Value> {
      const target = yield* findByPath(to, options);
      const declared = target && (yield target);
      const found = declared?.type === "attrs" ? declared.attrs.get("type")?.value : undefined;
      return found ? yield found : unknown("the type of the renamed option is not known");
    });
    const alias = option({
      visible,
      description: string(`Alias of {option}\`${yield* showOption(to)}\`.`),
      apply: function1(() => at(to, config)),
      type,
    });
    const source = new Thunk(() => at(from, options));
    const place = function1((value) => setByPath(to, value));
    const definitions = mkAliasDefinitions(source, Thunk.of(place), true);
    const content = Thunk.of(mkMerge(Thunk.of(list([Thunk.of(definitions)]))));
    return attrs({
      options: new Thunk(() => setByPath(from, alias)),
      config: mkIf(condition ?? Thunk.of(bool(true)), content),
    });
  });
}

/** An option that can be defined, but fails an assertion when it is. */
function removed(path: Thunk, instructions: Thunk): Value {
  return moduleFunction(function* (_config, options) {
    const name = yield* showOption(path);
    const advice = (yield* textOf(instructions)).value;
    const gone = `The option \`${name}' can no longer be used since it's been removed. ${advice}`;
    const declared = option({ visible: bool(false), apply: function1(() => fail("throw", gone)) });
    const isUnused = new Thunk(function* (): Eval<Value> {
      const found = findAttr(expectAttrs(yield* at(path, options)), "isDefined");
      const defined = found ? yield found : fail("error", "attribute 'isDefined' missing");
      return defined.type === "bool" ? bool(!defined.value) : defined;
    });
    const message = `The option definition \`${name}' no longer has any effect; please remove it.\n${advice}\n`;
    const assertion = Thunk.of(attrs({ assertion: isUnused, message: string(message) }));
    return attrs({
      options: new Thunk(() => setByPath(path, declared)),
      config: attrs({ assertions: list([assertion]) }),
    });
  });
}

const UNDEFINED = "_mkMergedOptionModule";

/** Options whose values together, made something of by `merge`, define `to`. */
function merged(from: Thunk, to: Thunk, merge: Thunk): Value {
  return moduleFunction(function* (config) {
    const paths = expectClosedList(yield from).elements;
    const declared = option({ visible: bool(false), default: string(UNDEFINED) });
    const modules = paths.map((path) => new Thunk(() => setByPath(path, declared)));
    const definitions = new Thunk(function* (): Eval<Value> {
      for (const path of paths) {
        const value = yield* at(path, config);
        if (value.type !== "string" || value.value !== UNDEFINED) return list([apply(merge, config)]);
      }
      return list([]);
    });
    // One options set for each path: the module system merges them.
    const imports = modules.map((options) => Thunk.of(attrs({ options })));
    const content = Thunk.of(mkMerge(definitions));
    return attrs({ imports: list(imports), config: new Thunk(() => setByPath(to, content)) });
  });
}
