/**
 * The evaluation of one submodule: its modules are loaded with arguments that see its own result
 * (`config`), the options they declare are joined to those of its type.
 *
 *   [ ({ config, ... }: { a = 1; b = config.a; }) ]   ->   level a = 1, b = 1
 */
import type { Eval } from "../nix/machine.ts";
import { attr, attrsOf, string } from "../nix/make.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Unknown, Value } from "../nix/value.ts";
import { collectModules, type LoadedModule, type ModuleArguments, unknownArgument } from "./collect.ts";
import { mergeOptionSets } from "./declarations.ts";
import { gatherLevel } from "./gather.ts";
import { type CreateNode, Level, moduleOption } from "./level.ts";
import type { OptionSet, SubmoduleType } from "./option-type.ts";
import { optionsValue } from "./options-value.ts";
import { type EvaluatedDefinition, originsOf, type RawDefinition, rawDefinition } from "./properties.ts";
import type { ModuleProblem } from "./surroundings.ts";
import type { TreeNode } from "./tree.ts";

export interface Scope {
  readonly level: Level;
  readonly problems: readonly ModuleProblem[];
  readonly modules: readonly LoadedModule[];
}

/** `definitions` are what the option `node` is defined as; `open`: there may be more. */
export function* openScope(
  node: TreeNode,
  type: SubmoduleType,
  definitions: readonly EvaluatedDefinition[],
  open: Unknown | undefined,
  create: CreateNode,
): Eval<Scope> {
  const { path, surroundings } = node;
  const level = (): Eval<Level> => ownLevel(node);
  const args: ModuleArguments = {
    always: new Map([
      ["lib", surroundings.lib],
      ["config", new Thunk(() => configOf(level))],
      ["options", new Thunk(() => optionsValue(level))],
      ...(type.specialArgs ?? []),
      ...(surroundings.argumentsAt(path) ?? []),
    ]),
    other: (name) => new Thunk(() => moduleArgument(level, path, name)),
  };
  const base = (type.modules ?? []).map((value) => ({ raw: rawDefinition(value), shorthand: false }));
  const own = definitions.map((raw) => ({ raw, shorthand: type.shorthandOnly === true }));
  const collected = yield* collectModules([...base, ...own], args, surroundings);
  const gathered = yield* gatherLevel(
    collected.modules.flatMap((module) => module.config),
    open ?? collected.open,
  );
  const declared = yield* declarationsOf(node, type, collected.modules, gathered.byName.get("_module"));
  const origins = definitions.flatMap(({ outcome, value }) => originsOf(outcome, value, []));
  return {
    level: new Level(node, declared, gathered, create, origins),
    problems: collected.problems,
    modules: collected.modules,
  };
}

/** The level being opened: asking for it from a module that is still loading is infinite recursion. */
function* ownLevel(node: TreeNode): Eval<Level> {
  const { level } = yield* node.expanded();
  if (level === undefined) throw new Error("a submodule without a level");
  return level;
}

/** The argument `config`, in which modules also see `_module`. */
function* configOf(level: () => Eval<Level>): Eval<Value> {
  const opened = yield* level();
  const config = yield opened.config;
  if (config.type !== "attrs") return config;
  const settings = attr(opened.nodeFor("_module").config);
  return attrsOf(new Map([...config.attrs, ["_module", settings]]), config.origins, config.open);
}

/** `_module.args.<name>`. The attribute's name is the argument `name`, unless somebody gave another one. */
function* moduleArgument(level: () => Eval<Level>, path: readonly string[], name: string): Eval<Value> {
  const module = (yield* (yield* level()).nodeFor("_module").expanded()).level;
  const args = module === undefined ? undefined : yield module.nodeFor("args").config;
  const found = args?.type === "attrs" ? args.attrs.get(name)?.value : undefined;
  if (found !== undefined) return yield found;
  const last = path.at(-1);
  if (name === "name" && last !== undefined) return string(last);
  return yield unknownArgument(name);
}

/** What the type declares and what its modules do. */
function* declarationsOf(
  node: TreeNode,
  type: SubmoduleType,
  modules: readonly LoadedModule[],
  settings: readonly RawDefinition[] | undefined,
): Eval<OptionSet> {
  const { declarations } = node.surroundings;
  const trees = modules.flatMap(({ options }) => options ?? []);
  let declared: OptionSet = type.modules === undefined ? type.options : { options: new Map() };
  if (trees.length > 0) declared = mergeOptionSets(declared, yield* declarations.read(trees));
  let { freeform } = declared;
  for (const { freeformType } of modules)
    if (freeformType !== undefined) freeform ??= yield* declarations.types.read(freeformType);
  if (settings !== undefined) {
    const written = yield* gatherLevel(settings, undefined);
    const value = written.byName.get("freeformType")?.[0]?.value;
    if (value !== undefined) freeform ??= yield* declarations.types.read(value);
  }
  return { ...declared, freeform, options: new Map([...declared.options, ["_module", moduleOption]]) };
}
