/**
 * The clans that an evaluation comes upon: calls of `clan-core.lib.clan`, and the option `clan` of
 * flake-parts. Registering one evaluates its modules; its value is what `lib.clan` returns.
 *
 *   registry.register({ module, self, kind: "lib.clan" })   ->   { config, options, … }
 */
import { type EvaluatedModules, evaluateModules } from "../modules/evaluate.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Option, OptionSet } from "../modules/option-type.ts";
import { ARGUMENTS_OF_NIX } from "../modules/scope.ts";
import type { SharedNodes } from "../modules/shared-nodes.ts";
import { attrs, attrsOf, openLibrary, string, unknown } from "../nix/make.ts";
import type { Eval } from "../nix/step.ts";
import { NixThunk, Thunk } from "../nix/thunk.ts";
import type { AttrsValue, Value } from "../nix/value.ts";
import type { FlakeInProgress } from "../project/flake.ts";
import type { Node } from "../syntax/ast.ts";
import { isClanCore, isOlderCore, isOtherCore } from "./core-versions.ts";
import { MACHINE_ARGUMENTS } from "./definitions.ts";
import { implicitModules, machinesOfClass } from "./implicit-modules.ts";
import { setMachineTags, untagged } from "./machine-tags.ts";
import { memberOf } from "./member.ts";
import { setMetaValues } from "./meta-values.ts";

export type ClanKind = "flake-parts" | "lib.clan" | "file";

export interface FoundClan {
  readonly kind: ClanKind;
  readonly tree: OptionNode;
  readonly config: Thunk;
  /** Where it is called, for `lib.clan`. */
  readonly call: Node | undefined;
  /** What `lib.clan` returns. */
  readonly result: AttrsValue;
}

export interface ClanToEvaluate {
  readonly kind: ClanKind;
  readonly modules: readonly Thunk[];
  readonly self: Thunk;
  /** What the module arguments `clan-core` and `clanLib` are. */
  readonly clanCore: Thunk;
  readonly call?: Node | undefined;
}

/** What `lib.clan` and the module for flake-parts give to modules of the clan. */
const ARGUMENTS_OF_CLANS: ReadonlySet<string> = new Set([
  ...ARGUMENTS_OF_NIX,
  ...[
    "clan-core",
    "clanLib",
    "config",
    "lib",
    "machines",
    "name",
    "nix-darwin",
    "nixpkgs",
    "options",
    "self",
  ],
]);

/** All others: there are only those that the modules give to each other. */
const NOT_OF_CLANS = { has: (name: string): boolean => !ARGUMENTS_OF_CLANS.has(name) };

/** Outputs of clan, by what they hold for each machine. */
const CONFIGURATIONS = { nixosConfigurations: "nixos", darwinConfigurations: "darwin" } as const;
const MODULES = { nixosModules: "nixos", darwinModules: "darwin" } as const;
const UNKNOWN_OUTPUTS = ["clanInternals", "outputs", "exports"];

export class ClanRegistry {
  readonly found: FoundClan[] = [];

  constructor(
    private readonly flake: FlakeInProgress,
    private readonly options: OptionSet,
    private readonly shared?: SharedNodes | undefined,
  ) {}

  /** Evaluates a clan and remembers it. A call site that is evaluated again is the same clan. */
  register({ kind, modules, self, clanCore, call }: ClanToEvaluate): FoundClan {
    const { evaluator, lib } = this.flake;
    const config: Thunk = new NixThunk(() => evaluated.config);
    const evaluated: EvaluatedModules = evaluateModules(evaluator, {
      modules: [...implicitModules(evaluator.host, (path) => evaluator.evalFile(path)), ...modules],
      options: this.withValues(config, self),
      lib,
      specialArgs: new Map([
        ["self", self],
        ["clan-core", clanCore],
        ["clanLib", Thunk.of(unknown("the library of clan-core is not evaluated"))],
      ]),
      withoutArguments: kind !== "file" && this.isKnownCore() ? NOT_OF_CLANS : MACHINE_ARGUMENTS,
      shared: this.shared,
      argumentsAt: (path) => (path.join(".") === "inventory.tags" ? this.tagArguments(config) : undefined),
    });
    const named = new Thunk(() => namedConfig(config));
    const result = resultOf({ config: named, options: evaluated.options }, this.isKnownCore());
    const clan: FoundClan = { kind, tree: evaluated.root, config: named, call, result };
    if (call === undefined || this.found.every((other) => other.call !== call)) this.found.push(clan);
    return clan;
  }

  /** All that is known of clan-core holds for the one of the flake. */
  isKnownCore(): boolean {
    const cores = [...this.flake.inputs.values()].filter(isClanCore);
    return !cores.some((core) => isOlderCore(core) || isOtherCore(core));
  }

  /** The options with those values that clan computes. */
  private withValues(config: Thunk, self: Thunk): OptionSet {
    const options = new Map(this.options.options);
    const give = (name: string, value: Thunk, change: Partial<Option> = {}): void => {
      const option: Option = options.get(name) ?? { type: { kind: "raw" }, required: false, internal: true };
      options.set(name, { ...option, ...change, required: false, defaultValue: value });
    };
    setMetaValues(options, config, this.isKnownCore());
    setMachineTags(options, config, this.isKnownCore());
    give("directory", Thunk.of(string(this.flake.root)));
    give("self", self);
    for (const [name, machineClass] of Object.entries(CONFIGURATIONS)) {
      const machine = Thunk.of(unknown("the configuration of a machine is not evaluated"));
      give(name, new Thunk(() => machinesOfClass(config, machineClass, machine)), { type: { kind: "raw" } });
    }
    const module = Thunk.of(unknown("the module of a machine is not evaluated"));
    for (const [name, machineClass] of Object.entries(MODULES))
      give(name, new Thunk(() => modulesOfClass(config, machineClass, module)), { type: { kind: "raw" } });
    for (const name of UNKNOWN_OUTPUTS)
      give(name, Thunk.of(unknown(`the clan's ${name} are not evaluated`)), { type: { kind: "raw" } });
    return { ...this.options, options };
  }

  /** `inventory.tags` may be a function of the machines. */
  private tagArguments(config: Thunk): ReadonlyMap<string, Thunk> {
    return new Map([["machines", new Thunk(() => machinesIn(config))]]);
  }
}

function* machinesIn(config: Thunk): Eval<Value> {
  const machines =
    (yield* memberOf(config, "inventory", "machines")) ?? unknown("the machines are not known");
  return machines.type === "attrs" ? untagged(machines) : machines;
}

/** What `lib.evalModules` gives beside the configuration. */
const RESULT = ["_module", "class", "extendModules", "graph", "type"];

function resultOf(evaluated: Readonly<Record<"config" | "options", Thunk>>, isWhole: boolean): AttrsValue {
  const notEvaluated = unknown("not all of what lib.clan returns is evaluated");
  const others = Object.fromEntries(RESULT.map((name) => [name, notEvaluated]));
  const members = { ...others, _type: string("configuration"), ...evaluated };
  if (!isWhole) return attrs(members, undefined, openLibrary(notEvaluated.reason));
  return { ...attrs(members), namesOf: OF_RESULT };
}

/** What `missing.of` says of a name that is asked for in the clan's configuration. */
export const OF_CONFIG = "configuration of the clan";

/** What `missing.of` says of a name that is asked for in what `lib.clan` returns. */
export const OF_RESULT = "result of lib.clan";

/** The same value, which says what it is where it lacks a name. */
function* namedConfig(config: Thunk): Eval<Value> {
  const value = yield config;
  return value.type === "attrs" ? { ...value, namesOf: OF_CONFIG } : value;
}

/** Of each machine a module by which other flakes, and other machines, can be it. */
function* modulesOfClass(config: Thunk, machineClass: string, module: Thunk): Eval<Value> {
  const machines = yield* machinesOfClass(config, machineClass, module);
  if (machines.type !== "attrs") return machines;
  const named = [...machines.attrs].map(([name, value]) => [`clan-machine-${name}`, value] as const);
  return { ...attrsOf(new Map(named), machines.origins, machines.open), isWhole: true };
}
