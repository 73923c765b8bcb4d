/**
 * Evaluates modules against declared options, as `lib.evalModules` does, but lazily and with unknown parts.
 *
 *   evaluateModules(evaluator, { modules: [thunk of ./clan.nix], options: clanOptions, lib })
 *   ->  { root: the tree of everything defined, config: the value of `config` }
 */
import { Evaluator } from "../nix/evaluator.ts";
import type { EvalHost } from "../nix/host.ts";
import { unknown } from "../nix/make.ts";
import { reasonOf, settle } from "../nix/settle.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Failure, Outcome, Unknown, Value } from "../nix/value.ts";
import type { Lambda } from "../syntax/ast.ts";
import { DeclarationReader } from "./declarations.ts";
import { once } from "./lazy-type.ts";
import type { Level } from "./level.ts";
import type { OptionNode } from "./option-node.ts";
import type { OptionSet, OptionType, SubmoduleType } from "./option-type.ts";
import { optionsBelow } from "./options-below.ts";
import { type RawDefinition, rawDefinition } from "./properties.ts";
import { type Lasting, SharedNodes } from "./shared-nodes.ts";
import type { Runner, Surroundings } from "./surroundings.ts";
import { TreeNode } from "./tree.ts";

export interface ModulesToEvaluate {
  /** Paths, attribute sets, functions of module arguments, or Unknown. */
  readonly modules: readonly Thunk[];
  /** What may be defined; more may be declared by the modules themselves. */
  readonly options: OptionSet;
  /** The module argument `lib`. */
  readonly lib: Thunk;
  readonly specialArgs?: ReadonlyMap<string, Thunk>;
  /** Modules of another `_class` are a problem. */
  readonly class?: string | undefined;
  /** Where the tree hangs, for messages and `OptionNode.path`. */
  readonly prefix?: readonly string[];
  /** Whether an import that is Unknown leaves the whole tree open ("open", so by default), or who is told of it. */
  readonly unknownImports?: Surroundings["unknownImports"];
  /** Modules that certainly concern others only: they are left out, whatever they import. */
  readonly leavesOut?: (module: Outcome) => boolean;
  /** Fails as a whole where an undeclared option is defined, as Nix does. */
  readonly strict?: boolean;
  /** Further module arguments of the submodule at a path. */
  readonly argumentsAt?: (path: readonly string[]) => ReadonlyMap<string, Thunk> | undefined;
  /** Module arguments that nobody gives but the modules themselves, in `_module.args`; "all": all that are not given here. */
  readonly withoutArguments?: Surroundings["withoutArguments"];
  /** Module arguments that only modules give, some of which may not be seen. */
  readonly lateArguments?: Surroundings["lateArguments"];
  /** Of the evaluation before this one. */
  readonly shared?: SharedNodes | undefined;
}

export interface EvaluatedModules {
  readonly root: OptionNode;
  readonly config: Thunk;
  /** `config._module`, which `config` itself hides. */
  readonly settings: Thunk;
  /** The option tree as the module argument `options` has it. */
  readonly options: Thunk;
  /** All options: those given and those the modules declare. */
  declared(): OptionSet;
  /** Files in which the modules, or what they are made of, are written. */
  files(): ReadonlySet<string>;
  /** Those of the modules that are functions, where somebody wrote them. */
  functions(): readonly Lambda[];
}

/** Nothing is evaluated before somebody looks at the result. */
export function evaluateModules(runner: Runner, given: ModulesToEvaluate): EvaluatedModules {
  const type: SubmoduleType = {
    kind: "submodule",
    options: given.options,
    ...(given.specialArgs === undefined ? {} : { specialArgs: given.specialArgs }),
    ...(given.class === undefined ? {} : { class: given.class }),
  };
  const root = rootNode(surroundingsOf(runner, given), type, given.modules, given.prefix ?? []);
  return {
    root,
    config: root.config,
    settings: new Thunk(() => settingsOf(root)),
    options: new Thunk(() => optionsOf(root)),
    declared: () => settle(runner, declaredAt(root), undeclared),
    files: () => settle(runner, filesOf(root), () => new Set()),
    functions: () => settle(runner, functionsOf(root), () => []),
  };
}

/** For evaluations of the same modules one after the other, each of which gets the `next()` of the one before. */
export function createSharedNodes(): SharedNodes {
  const { surroundings, readsNothing } = lasting();
  const make: Lasting["make"] = (parts, parent, before) =>
    new TreeNode({ ...parts, surroundings }, parent, before);
  return new SharedNodes({ make, readsNothing });
}

/**
 * The tree of options that data defines, and nothing else: it belongs to no evaluation. Undefined where it is more than
 * data.
 */
export function evaluateData(
  options: OptionSet,
  definitions: readonly Thunk[],
  prefix: readonly string[],
): OptionNode | undefined {
  const { surroundings, readsNothing } = lasting();
  const root = rootNode(surroundings, { kind: "submodule", options }, definitions, prefix);
  return readsNothing(root) ? root : undefined;
}

function isHolder({ type }: OptionNode): boolean {
  return type?.kind === "submodule" || type?.kind === "listOf" || (type?.kind === "attrsOf" && !type.shallow);
}

/** What data is evaluated in. One does for all: there are no files in it, and nothing is kept. */
const lasting = once(() => {
  let questions = 0;
  const ask =
    <T>(answer: T) =>
    (): T => {
      questions++;
      return answer;
    };
  const host: EvalHost = {
    readFile: ask(undefined),
    readDir: ask(undefined),
    fileType: ask(undefined),
    mayRead: ask(false),
    source: ask(undefined),
  };
  const lib = Thunk.of(unknown("data has no use for lib"));
  const evaluator = new Evaluator(host, { budget: { steps: Number.MAX_SAFE_INTEGER } });
  const surroundings: Surroundings = { ...surroundingsOf(evaluator, { lib }), last: true };
  const proven = new WeakSet<OptionNode>();
  const readsNothing = (node: OptionNode): boolean => {
    const before = questions;
    const looked: OptionNode[] = [];
    for (const option of optionsBelow(node, (one) => !proven.has(one))) {
      if (proven.has(option)) continue;
      looked.push(option);
      // What holds others is no more than these.
      void (isHolder(option) ? option.problems : option.value());
    }
    if (questions !== before) return false;
    for (const option of looked) proven.add(option);
    return true;
  };
  return { surroundings, readsNothing };
});

/** The options that modules declare, as documentation would show them. */
export function declaredBy(
  runner: Runner,
  given: Pick<ModulesToEvaluate, "modules" | "lib" | "specialArgs">,
): OptionSet {
  return evaluateModules(runner, { ...given, options: { options: new Map() } }).declared();
}

/** The value of one option of a given type, with these definitions. */
export function optionOf(
  surroundings: Surroundings,
  type: OptionType,
  path: readonly string[],
  incoming: readonly RawDefinition[],
): TreeNode {
  return new TreeNode({ surroundings, path, type, option: undefined, incoming, inherited: undefined });
}

export function surroundingsOf(
  runner: Runner,
  given: Pick<
    ModulesToEvaluate,
    | "lib"
    | "unknownImports"
    | "leavesOut"
    | "strict"
    | "argumentsAt"
    | "withoutArguments"
    | "lateArguments"
    | "shared"
  >,
): Surroundings {
  const surroundings: Surroundings = {
    runner,
    lib: given.lib,
    unknownImports: given.unknownImports ?? "open",
    leavesOut: given.leavesOut ?? (() => false),
    strict: given.strict === true,
    argumentsAt: given.argumentsAt ?? (() => undefined),
    withoutArguments: given.withoutArguments ?? new Set(),
    lateArguments: given.lateArguments ?? new Set(),
    last: false,
    shared: given.shared,
    declarations: new DeclarationReader(runner, (modules, specialArgs) => {
      const args = specialArgs === undefined ? {} : { specialArgs };
      const type: SubmoduleType = { kind: "submodule", options: { options: new Map() }, modules, ...args };
      return settle(runner, declaredAt(rootNode(surroundings, type, [], ["<name>"])), undeclared);
    }),
  };
  return surroundings;
}

function rootNode(
  surroundings: Surroundings,
  type: SubmoduleType,
  modules: readonly Thunk[],
  path: readonly string[],
): TreeNode {
  const incoming = modules.map((value) => rawDefinition(value, { file: value.node?.source.path }));
  return new TreeNode({
    surroundings,
    path,
    type,
    option: undefined,
    incoming,
    inherited: undefined,
    isRoot: true,
  });
}

function* levelOf(root: TreeNode): Eval<Level> {
  const { level } = yield* root.expanded();
  if (level === undefined) throw new Error("a submodule without a level");
  return level;
}

function* optionsOf(root: TreeNode): Eval<Value> {
  const { scope } = yield* root.expanded();
  if (scope === undefined) throw new Error("a submodule without a scope");
  return yield* scope.optionsValue();
}

function* settingsOf(root: TreeNode): Eval<Value> {
  return yield (yield* levelOf(root)).nodeFor("_module").config;
}

function* functionsOf(root: TreeNode): Eval<readonly Lambda[]> {
  const { scope } = yield* root.expanded();
  if (scope === undefined) throw new Error("a submodule without a scope");
  return (yield* scope.collected.get()).modules.flatMap(({ fn }) => fn ?? []);
}

function* filesOf(root: TreeNode): Eval<ReadonlySet<string>> {
  const { scope } = yield* root.expanded();
  if (scope === undefined) throw new Error("a submodule without a scope");
  const files = new Set<string>();
  for (const { file, config } of (yield* scope.collected.get()).modules) {
    if (file !== undefined) files.add(file);
    for (const { value } of config)
      for (const node of [value.node, ...(value.value?.origins ?? [])]) if (node) files.add(node.source.path);
  }
  return files;
}

/** Modules that cannot be read, or take too long, may declare anything. */
function undeclared(why: Failure | Unknown): OptionSet {
  return { options: new Map(), open: reasonOf(why) };
}

function* declaredAt(root: TreeNode): Eval<OptionSet> {
  return (yield* levelOf(root)).declared;
}
