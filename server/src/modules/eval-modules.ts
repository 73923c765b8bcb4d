/**
 * What the module system adds to a native `lib`: `types` and `evalModules`.
 *
 *   (lib.evalModules { modules = [ { options.a = lib.mkOption { type = lib.types.int; }; config.a = 1; } ]; }).config
 *   ->  { a = 1; }
 */
import { eager } from "../nix/builtins/define.ts";
import { expectAttrs, expectClosedList } from "../nix/expect.ts";
import type { LibExtra } from "../nix/lib/index.ts";
import { attrs, nullValue, string, unknown } from "../nix/make.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { AttrsValue, ListValue, Value } from "../nix/value.ts";
import { type EvaluatedModules, evaluateModules, optionOf, surroundingsOf } from "./evaluate.ts";
import type { OptionType } from "./option-type.ts";
import { attempt, rawDefinition } from "./properties.ts";
import type { Runner, Surroundings } from "./surroundings.ts";
import { createTypes } from "./types.ts";

/** What `createLib` takes from the module system; `lib` is that very set, which modules get as an argument. */
export function moduleLibrary(runner: Runner, lib: Thunk): LibExtra {
  const surroundings = surroundingsOf(runner, { lib });
  const merge = (type: OptionType, path: readonly string[], definitions: ListValue): Eval<Value> =>
    mergeDefinitions(surroundings, type, path, definitions);
  const types = new Thunk(() => createTypes(surroundings.declarations.types, merge));
  const mkOptionType = new Thunk(function* (): Eval<Value> {
    const member = expectAttrs(yield types).attrs.get("mkOptionType")?.value;
    return member === undefined ? unknown("mkOptionType is not at hand") : yield member;
  });
  return {
    types,
    top: { mkOptionType },
    modules: { evalModules: eager("evalModules", (given) => evalModules(runner, lib, expectAttrs(given))) },
  };
}

function* evalModules(runner: Runner, lib: Thunk, given: AttrsValue): Eval<Value> {
  const part = (name: string): Thunk | undefined => given.attrs.get(name)?.value;
  const modules = part("modules");
  const special = part("specialArgs");
  const prefix = part("prefix");
  const named = part("class");
  const className = named === undefined ? nullValue() : yield named;
  const args = special === undefined ? undefined : expectAttrs(yield special);
  const path = prefix === undefined ? [] : yield* texts(prefix);
  const specialArgs = new Map([...(args?.attrs ?? [])].map(([name, { value }]) => [name, value]));
  const evaluate = (all: readonly Thunk[]): EvaluatedModules =>
    evaluateModules(runner, {
      modules: all,
      options: { options: new Map() },
      lib,
      specialArgs,
      prefix: path,
      class: className.type === "string" ? className.value : undefined,
      strict: true,
    });
  const all = modules === undefined ? [] : expectClosedList(yield modules).elements;
  return result(evaluate, all, className);
}

/** What `evalModules` answers; `extendModules` evaluates again, with more modules. */
function result(
  evaluate: (modules: readonly Thunk[]) => EvaluatedModules,
  modules: readonly Thunk[],
  className: Value,
): Value {
  const evaluated = evaluate(modules);
  return attrs({
    _type: string("configuration"),
    class: className,
    config: evaluated.config,
    options: evaluated.options,
    _module: evaluated.settings,
    type: unknown("the type of an evaluation is not computed"),
    extendModules: eager("extendModules", (given) =>
      extend(evaluate, modules, className, expectAttrs(given)),
    ),
  });
}

function* extend(
  evaluate: (modules: readonly Thunk[]) => EvaluatedModules,
  modules: readonly Thunk[],
  className: Value,
  given: AttrsValue,
): Eval<Value> {
  const more = given.attrs.get("modules")?.value;
  const added = more === undefined ? [] : expectClosedList(yield more).elements;
  return result(evaluate, [...modules, ...added], className);
}

function* texts(list: Thunk): Eval<string[]> {
  const found: string[] = [];
  for (const element of expectClosedList(yield list).elements) {
    const value = yield element;
    if (value.type === "string") found.push(value.value);
  }
  return found;
}

/** `type.merge loc defs`, where `defs` are sets `{ file, value }`. */
function* mergeDefinitions(
  surroundings: Surroundings,
  type: OptionType,
  path: readonly string[],
  definitions: ListValue,
): Eval<Value> {
  const raw = [];
  for (const definition of definitions.elements) {
    const set = expectAttrs(yield definition);
    const value = set.attrs.get("value")?.value;
    const file = set.attrs.get("file")?.value;
    const name = file === undefined ? undefined : yield* attempt(file);
    if (value !== undefined)
      raw.push(rawDefinition(value, { file: name?.type === "string" ? name.value : undefined }));
  }
  return yield optionOf(surroundings, type, path, raw).config;
}
