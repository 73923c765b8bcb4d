/**
 * The evaluation of one submodule: its modules are loaded with arguments that see its own result
 * (`config`), the options they declare are joined to those of its type.
 *
 *   [ ({ config, ... }: { a = 1; b = config.a; }) ]   ->   level a = 1, b = 1
 *
 * There are stages, each of which may ask for the ones before: modules; their options and their definitions;
 * the level of both.
 */
import { failMissing, NixError } from "../nix/errors.ts";
import { attr, attrsOf, string, unknown } from "../nix/make.ts";
import { similarNames } from "../nix/similar-names.ts";
import type { Eval } from "../nix/step.ts";
import { NixThunk, Thunk } from "../nix/thunk.ts";
import type { Unknown, Value } from "../nix/value.ts";
import { type Collected, collectModules } from "./collect.ts";
import { mergeOptionSets } from "./declarations.ts";
import { type Gathered, gatherLevel, opennessOf } from "./gather.ts";
import { Lazy } from "./lazy.ts";
import { type CreateNode, Level, moduleOption } from "./level.ts";
import { type ModuleArguments, unknownArgument } from "./module-function.ts";
import type { OptionSet, SubmoduleType } from "./option-type.ts";
import { optionsValue } from "./options-value.ts";
import { type RawDefinition, rawDefinition } from "./properties.ts";
import type { NodeParts, TreeNode } from "./tree.ts";

export class Scope {
  readonly collected: Lazy<Collected>;
  /** The options, but for a `freeformType` that is set in `config._module`. */
  private readonly options: Lazy<OptionSet>;
  private readonly gathered: Lazy<Gathered>;
  /** The option `_module`, which is the same in every scope and needs no others to be known. */
  private readonly settings: Lazy<TreeNode>;
  private readonly opened: Lazy<Level>;

  /** `definitions` are what the option at `at` is defined as; `open`: there may be more. */
  constructor(
    private readonly at: Pick<NodeParts, "path" | "surroundings" | "isRoot">,
    private readonly type: SubmoduleType,
    private readonly definitions: readonly RawDefinition[],
    private readonly open: Unknown | undefined,
    private readonly create: CreateNode,
  ) {
    this.collected = new Lazy(() => this.collect(), true);
    this.options = new Lazy(() => this.declare());
    this.gathered = new Lazy(() => this.gather(), true);
    this.settings = new Lazy(() => this.openSettings());
    this.opened = new Lazy(() => this.openLevel(), true);
  }

  /** Asking for it from a module that is still loading is infinite recursion. */
  level(): Eval<Level> {
    return this.opened.get();
  }

  /** The argument `options`. */
  *optionsValue(): Eval<Value> {
    return optionsValue(yield* this.options.get(), this.at.path, () => this.level());
  }

  private collect(): Eval<Collected> {
    const base = (this.type.modules ?? []).map((value) => ({ raw: rawDefinition(value), shorthand: false }));
    const own = this.definitions.map((raw) => ({ raw, shorthand: this.type.shorthandOnly === true }));
    return collectModules(
      [...base, ...own],
      () => this.moduleArguments(),
      this.at.surroundings,
      // What a part of the whole imports is about that part alone.
      this.at.isRoot === true ? this.at.surroundings.unknownImports : "open",
      this.type.class,
    );
  }

  private moduleArguments(): ModuleArguments {
    const { path, surroundings } = this.at;
    return {
      always: new Map([
        ["lib", surroundings.lib],
        ["config", new NixThunk(() => this.configArgument())],
        ["options", new NixThunk(() => this.optionsArgument())],
        ...(this.type.specialArgs ?? []),
        ...(surroundings.argumentsAt(path) ?? []),
      ]),
      other: (name) => new Thunk(() => this.moduleArgument(name)),
    };
  }

  /** What the type declares and what its modules do. */
  private *declare(): Eval<OptionSet> {
    const { modules } = yield* this.collected.get();
    const { declarations } = this.at.surroundings;
    const trees = modules.flatMap(({ options }) => options ?? []);
    const { base, modules: own, options } = this.type;
    let declared: OptionSet = own === undefined ? options : (base ?? { options: new Map() });
    if (trees.length > 0) declared = mergeOptionSets(declared, yield* declarations.read(trees));
    let { freeform } = declared;
    for (const { freeformType } of modules)
      if (freeformType !== undefined) freeform ??= yield* declarations.types.read(freeformType);
    return freeform === declared.freeform ? declared : { ...declared, freeform };
  }

  private *gather(): Eval<Gathered> {
    const { modules, open } = yield* this.collected.get();
    const configs = modules.flatMap((module) => module.config);
    return yield* gatherLevel(configs, this.open ?? open);
  }

  private *openSettings(): Eval<TreeNode> {
    const gathered = yield* this.gathered.get();
    return this.create({
      surroundings: this.at.surroundings,
      path: [...this.at.path, "_module"],
      option: moduleOption,
      type: moduleOption.type,
      incoming: gathered.byName.get("_module") ?? [],
      inherited: opennessOf(gathered, "_module"),
    });
  }

  private *openLevel(): Eval<Level> {
    const gathered = yield* this.gathered.get();
    const declared = yield* this.options.get();
    const freeform =
      declared.freeform ?? (yield* this.configuredFreeform(gathered.byName.get("_module") ?? []));
    const origins = this.definitions.flatMap(({ value }) => value.value?.origins ?? value.node ?? []);
    const all = freeform === declared.freeform ? declared : { ...declared, freeform };
    return new Level(this.at, all, gathered, this.create, origins);
  }

  private *configuredFreeform(settings: readonly RawDefinition[]): Eval<OptionSet["freeform"]> {
    const written = yield* gatherLevel(settings, undefined);
    const value = written.byName.get("freeformType")?.[0]?.value;
    return value && (yield* this.at.surroundings.declarations.types.read(value));
  }

  /** The argument `config`, in which modules also see `_module`. */
  private *configArgument(): Eval<Value> {
    this.refuseEarly("config");
    if (this.gathered.known() === undefined) return tooEarly("config");
    const level = yield* this.level();
    const config = yield level.config;
    if (config.type !== "attrs") return config;
    const settings = attr((yield* this.settings.get()).config);
    const all = attrsOf(new Map([...config.attrs, ["_module", settings]]), config.origins, config.open);
    return this.at.surroundings.withoutArguments === "all" ? { ...all, isWhole: true } : all;
  }

  /** Fails while it is not known what the modules define. */
  private refuseEarly(argument: string): void {
    if (this.gathered.isRunning() || this.collected.isRunning()) failEarly(argument);
  }

  private *optionsArgument(): Eval<Value> {
    if (this.collected.isRunning()) failEarly("options");
    if (this.collected.known() === undefined) return tooEarly("options");
    return yield* this.optionsValue();
  }

  /** `_module.args.<name>`. The attribute's name is the argument `name`, unless somebody gave another one. */
  private *moduleArgument(name: string): Eval<Value> {
    if (this.at.path.length === 0 && this.at.surroundings.lateArguments.has(name)) this.refuseEarly(name);
    if (this.gathered.known() === undefined) return tooEarly(name);
    const { level: settings } = yield* (yield* this.settings.get()).expanded();
    const args = settings && (yield settings.nodeFor("args").config);
    const found = args?.type === "attrs" ? args.attrs.get(name)?.value : undefined;
    if (found !== undefined) return yield found;
    const last = this.at.path.at(-1);
    if (name === "name" && last !== undefined) return string(last);
    const isKnown = args?.type === "attrs" && args.open === undefined;
    if (!isKnown || !this.isMissing(name)) return yield unknownArgument(name);
    const given = [...this.moduleArguments().always.keys(), ...args.attrs.keys()];
    return failMissing(name, undefined, similarNames(name, given), true, NOT_GIVEN, given.sort());
  }

  private isMissing(name: string): boolean {
    const { withoutArguments } = this.at.surroundings;
    return withoutArguments === "all" ? !ARGUMENTS_OF_NIX.has(name) : withoutArguments.has(name);
  }
}

/** What `missing.of` says of a module argument that nobody gives. */
export const NOT_GIVEN = "module arguments";

/** What `lib.evalModules` itself gives to modules, and is not evaluated here. */
export const ARGUMENTS_OF_NIX: ReadonlySet<string> = new Set([
  "_class",
  "_prefix",
  "extendModules",
  "moduleType",
  "specialArgs",
]);

/** What `missing.of` says of an argument that is made of the modules, and asked for by what they import or are. */
export const MODULES_FIRST = "modules first";

/** What defines something, and what is imported, cannot hang on what is defined. Asked later, it has an answer. */
function failEarly(argument: string): never {
  throw new NixError({
    type: "failure",
    kind: "recursion",
    message: "infinite recursion encountered",
    isOfNix: true,
    isPassing: true,
    missing: { of: MODULES_FIRST, name: argument },
  });
}

/**
 * In Nix this is infinite recursion, and then nothing of the whole evaluation is known. Here the argument
 * alone is not, since it may well come from somewhere we do not see.
 */
function tooEarly(name: string): Unknown {
  return unknown(`the module argument ‘${name}’ is not known while modules are still being put together`);
}
