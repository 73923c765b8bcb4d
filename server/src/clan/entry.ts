/**
 * Finds the clans of a folder: by evaluating its flake, however that arranges them, or, where no flake leads
 * to one, by the look of `clan.nix` and `inventory.nix` (file-shape.ts).
 *
 *   findClans(snapshot, "/clan", { clanOptions })   ->   [ { kind: "lib.clan", tree, directory, … } ]
 */
import type { OptionSet } from "../modules/option-type.ts";
import type { SharedNodes } from "../modules/shared-nodes.ts";
import { lazy } from "../nix/builtins/define.ts";
import type { CodeCache } from "../nix/evaluator.ts";
import { expectAttrs } from "../nix/expect.ts";
import type { Budget } from "../nix/interpreter.ts";
import { unknown } from "../nix/make.ts";
import { normalizePath } from "../nix/path.ts";
import { settle } from "../nix/settle.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Failure, Outcome, Unknown, Value } from "../nix/value.ts";
import { evaluateFlake, type Flake, type FlakeInProgress } from "../project/flake.ts";
import type { InputOverrides } from "../project/flake-inputs.ts";
import { nativeLib } from "../project/native-lib.ts";
import type { EvaluatedFlakeModules, FlakePartsExtras } from "../project/natives/flake-parts.ts";
import { standardInputs } from "../project/natives/index.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Node } from "../syntax/ast.ts";
import type { ClanSource } from "./build-clan.ts";
import { clanCoreInput } from "./clan-core-input.ts";
import { isClanCore, isOlderCore, isOtherCore } from "./core-versions.ts";
import { clanFileModules } from "./file-shape.ts";
import { directoryOf } from "./implicit-modules.ts";
import { memberOf } from "./member.ts";
import type { NameSet } from "./model.ts";
import type { NixServices } from "./nix-services.ts";
import { type ClanKind, ClanRegistry, type FoundClan, OF_CONFIG } from "./registry.ts";

export interface EntryOptions {
  /** What a clan may define. */
  readonly clanOptions: OptionSet;
  /** Sources of flake inputs to use in place of what flake.lock says. */
  readonly overrides?: InputOverrides;
  /** What Nix says of services of inputs that are not at hand, by the folder of the flake. */
  readonly nixServices?: ReadonlyMap<string, NixServices>;
  readonly budget?: Partial<Budget>;
  /** Compiled code, shared by evaluations of the same files. */
  readonly codes?: CodeCache;
  /** Option nodes of the evaluation before, where this one repeats it after an edit. */
  readonly shared?: SharedNodes;
}

export interface ClanEntry extends ClanSource {
  readonly kind: ClanKind;
  readonly flake: Flake;
  /** Absolute path of flake.nix; undefined without one. */
  readonly flakeFile: string | undefined;
  /** Every file and directory read so far; it grows while the clan is looked at. */
  readonly files: ReadonlySet<string>;
}

/** Never throws: what cannot be evaluated is missing from what is found, or leaves it open. */
export function findClans(snapshot: Snapshot, root: string, options: EntryOptions): readonly ClanEntry[] {
  return new ClanFinder(snapshot, normalizePath(root), options).find();
}

/** Outputs that hang on a flake's clan: asking for them calls `lib.clan`, if anything does. */
const CLAN_OUTPUTS = ["clan", "clanInternals", "nixosConfigurations", "darwinConfigurations"];

class ClanFinder {
  private readonly flake: Flake;
  /** What fails of the flake on the way to its clans. */
  private readonly failures: Failure[] = [];
  /** The same, of outputs that no command of clan reads. */
  private readonly unreadFailures: Failure[] = [];
  /** By the flake's `self`: clans of other flakes are not those of this one. */
  private readonly registries = new Map<Thunk, ClanRegistry>();
  private readonly flakeModules = new Map<Thunk, EvaluatedFlakeModules[]>();

  constructor(
    private readonly snapshot: Snapshot,
    root: string,
    private readonly options: EntryOptions,
  ) {
    const clanCore = clanCoreInput((flake) => this.registryOf(flake));
    this.flake = evaluateFlake(snapshot, root, {
      ...options,
      lib: nativeLib,
      natives: standardInputs([clanCore], (flake) => this.flakePartsExtras(flake)),
    });
  }

  find(): readonly ClanEntry[] {
    const { found } = this.registryOf(this.flake);
    if (this.flake.file !== undefined) this.evaluateOutputs();
    if (found.length === 0) this.registerFile();
    if (found.length === 0) this.registerFailed();
    return found.map((clan) => this.entryOf(clan));
  }

  private registryOf(flake: FlakeInProgress): ClanRegistry {
    let registry = this.registries.get(flake.self);
    if (registry === undefined) {
      registry = new ClanRegistry(flake, this.options.clanOptions, this.options.shared);
      this.registries.set(flake.self, registry);
    }
    return registry;
  }

  /** The option `flake.clan`, for which `clan` is another name. Its value is the evaluated clan. */
  private flakePartsExtras(flake: FlakeInProgress): FlakePartsExtras {
    const evaluated = () => this.evaluatedBefore(flake);
    const evaluate = lazy("clan", function* (module): Eval<Value> {
      // Fails where nobody defines a clan.
      yield module;
      const before = evaluated();
      if (before !== undefined) return yield before.config;
      const { config } = registry.register({
        kind: "flake-parts",
        modules: [module],
        self: flake.self,
        clanCore: clanCoreOf(flake),
      });
      return yield config;
    });
    const registry = this.registryOf(flake);
    return {
      flake: new Map([
        ["clan", { type: { kind: "deferredModule" }, required: false, apply: Thunk.of(evaluate) }],
      ]),
      top: new Map([
        ["clan", { type: { kind: "deferredModule" }, required: false, aliasOf: ["flake", "clan"] }],
      ]),
      onEvaluation: (evaluated) => {
        this.flakeModules.set(flake.self, [...(this.flakeModules.get(flake.self) ?? []), evaluated]);
      },
    };
  }

  /** `flake.clan = (clan-core.lib.clan …).config` passes on a clan; it does not define another one. */
  private evaluatedBefore(flake: FlakeInProgress): FoundClan | undefined {
    const definitions = (this.flakeModules.get(flake.self) ?? []).flatMap(
      ({ root }) => root.at("flake", "clan")?.definitions ?? [],
    );
    return this.registryOf(flake).found.find(({ config }) =>
      definitions.some(({ value }) => value === config.value),
    );
  }

  private evaluateOutputs(): void {
    const { evaluator, outputs, self } = this.flake;
    const { found } = this.registryOf(this.flake);
    const value = this.force(outputs);
    const members = value.type === "attrs" ? value.attrs : new Map<string, { value: Thunk }>();
    for (const name of CLAN_OUTPUTS) {
      const output = members.get(name);
      if (output !== undefined) this.force(output.value);
    }
    for (const [name, { value }] of members) if (!CLAN_OUTPUTS.includes(name)) this.askOfClan(value);
    for (const { root, config } of this.flakeModules.get(self) ?? [])
      if (root.at("flake", "clan") !== undefined) this.attempt(memberOf(config, "flake", "clan"));
    if (found.length > 0) return;
    for (const output of members.values()) evaluator.force(output.value);
  }

  /** An output that is no more than a name of the clan's configuration, such as `inherit (clan.config) nixosModules`. */
  private askOfClan(output: Thunk): void {
    if (output.node?.kind !== "select" && output.node?.kind !== "attr-name") return;
    const outcome = this.flake.evaluator.force(output);
    // Clan has more inside than is declared here: only what is nearly one of its names is surely none.
    if (outcome.type !== "failure" || outcome.missing?.of !== OF_CONFIG) return;
    if (outcome.meant !== undefined && this.registryOf(this.flake).isKnownCore())
      this.unreadFailures.push(outcome);
  }

  /** The value, whose failure concerns the clan. One without a place is about an option that nobody defines. */
  private force(thunk: Thunk): Outcome {
    const outcome = this.flake.evaluator.force(thunk);
    if (outcome.type === "failure" && outcome.origins !== undefined) this.failures.push(outcome);
    return outcome;
  }

  /** The clan of a file that no flake leads to. */
  private registerFile(): void {
    const hidden = this.hiddenOutputs();
    if (hidden === undefined && this.hasOtherUse()) return;
    const modules = clanFileModules(this.snapshot, this.flake, this.options.clanOptions);
    if (modules !== undefined)
      this.register("file", hidden === undefined ? modules : [...modules, Thunk.of(hidden)]);
  }

  /** A clan of which nothing is known but why: its flake surely means to make one. */
  private registerFailed(): void {
    if (![...this.flake.inputs.values()].some(isClanCore)) return;
    const isOption = this.optionNames().length > 0;
    const why = this.failures[0]?.message ?? (isOption ? "`clan` is no module" : undefined);
    const hidden =
      why === undefined ? this.unknownOutputs() : unknown(`the flake cannot be evaluated: ${why}`);
    if (hidden !== undefined) this.register(isOption ? "flake-parts" : "file", [Thunk.of(hidden)]);
  }

  private unknownOutputs(): Unknown | undefined {
    const { evaluator, outputs } = this.flake;
    const value = evaluator.force(outputs);
    return value.type === "unknown" ? unknown(`the outputs of the flake: ${value.reason}`) : undefined;
  }

  private register(kind: ClanKind, modules: readonly Thunk[]): void {
    const { self } = this.flake;
    this.registryOf(this.flake).register({ kind, modules, self, clanCore: clanCoreOf(this.flake) });
  }

  /** The flake is known as a whole and nothing in it could make a clan: a file of that name is another tool's. */
  private hasOtherUse(): boolean {
    const { file, inputs, inputsOpen } = this.flake;
    return file !== undefined && inputsOpen === undefined && ![...inputs.values()].some(isClanCore);
  }

  /** A module that may hold anything, where a flake's clan may be in what could not be evaluated. */
  private hiddenOutputs(): Unknown | undefined {
    const { evaluator, file, outputs } = this.flake;
    if (file === undefined) return undefined;
    const value = evaluator.force(outputs);
    if (value.type === "failure") return unknown(`the flake cannot be evaluated: ${value.message}`);
    if (value.type === "unknown") return unknown(value.reason);
    return value.type === "attrs" ? value.open : undefined;
  }

  /** The names the option `clan` of flake-parts is defined by. */
  private optionNames(): readonly Node[] {
    const evaluated = this.flakeModules.get(this.flake.self) ?? [];
    const options = evaluated.flatMap(({ root }) => [root.at("clan"), root.at("flake", "clan")]);
    return [...new Set(options.flatMap((option) => option?.definitions ?? []).flatMap(({ keys }) => keys))];
  }

  private entryOf({ kind, tree, config, call }: FoundClan): ClanEntry {
    const { flake } = this;
    const { evaluator, root, lib, inputs, file, files } = flake;
    const evaluated = this.flakeModules.get(flake.self) ?? [];
    const isCore = (name: string): boolean => isClanCore(inputs.get(name) ?? { name, repository: undefined });
    return {
      kind,
      root,
      flakeModules: evaluated.map((one) => one.root),
      hasHiddenFlakeModules: () =>
        evaluated.some((one) => one.root.open !== undefined || one.unseen.length > 0),
      entryPoints: kind === "flake-parts" ? this.optionNames() : call === undefined ? [] : [call],
      tree,
      failures: this.failures,
      unreadFailures: this.unreadFailures,
      flake,
      files,
      lib,
      runner: evaluator,
      flakeFile: file,
      inputs: inputNames(flake),
      directory: this.attempt(directoryIn(config)),
      isClanCore: isCore,
      hasOlderCore: [...inputs.values()].some((input) => isClanCore(input) && isOlderCore(input)),
      hasOtherCore: [...inputs.values()].some((input) => isClanCore(input) && isOtherCore(input)),
      nixServices: this.options.nixServices?.get(root),
    };
  }

  private attempt<T>(computation: Eval<T>): T | undefined {
    return settle(this.flake.evaluator, computation, () => undefined);
  }
}

function clanCoreOf(flake: FlakeInProgress): Thunk {
  const input = [...flake.inputs.values()].find(isClanCore);
  return input?.value ?? Thunk.of(unknown("the flake has no input clan-core"));
}

function inputNames({ file, inputs, inputsOpen }: Flake): NameSet<Node | undefined> {
  const known = [...inputs].sort(([a], [b]) => (a < b ? -1 : 1));
  const reason = file === undefined ? "there is no flake.nix" : inputsOpen;
  return {
    known: new Map(known.map(([name, { origins }]) => [name, origins[0]])),
    open: reason === undefined ? undefined : { path: "inputs", reason, node: undefined },
  };
}

function* directoryIn(config: Thunk): Eval<string> {
  return yield* directoryOf(expectAttrs(yield config));
}
