/**
 * The configuration of one machine, as far as the clan's own modules define it: its files in `machines/`, what
 * `clan.machines` says, and the modules of the services it takes part in.
 *
 *   machines/web/configuration.nix { clan.core.vars.generators.ca = { … }; }
 *   ->  { root: OptionNode with clan.core.vars.generators.ca, … }
 */
import { type EvaluatedModules, evaluateModules } from "../../modules/evaluate.ts";
import { lazy } from "../../nix/builtins/define.ts";
import { bool, path, string, unknown } from "../../nix/make.ts";
import { resolvePath } from "../../nix/path.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Unknown } from "../../nix/value.ts";
import { isClanCore } from "../clan-core-input.ts";
import { toModules } from "../definitions.ts";
import { memberOf } from "../member.ts";
import type { Machine } from "../model.ts";
import { generatorModule, machineGenerators } from "./bundled-generators.ts";
import type { ForeignModules } from "./foreign-modules.ts";
import { machineOptions } from "./machine-options.ts";
import { collectServiceModules, hasServiceCode, type ServiceModules } from "./service-modules.ts";
import type { VarsSource } from "./source.ts";

export interface MachineEvaluation extends EvaluatedModules {
  readonly services: ServiceModules;
  /**
   * Modules that are not seen: they may define generators of their own. That they would add to one which is
   * defined here is not expected.
   */
  readonly unseen: readonly Unknown[];
}

/** A hundred times what a large machine takes; a fraction of a second. */
const STEPS = 1_000_000;

/** Files clan imports into a machine of a class, where they exist. */
const IMPORTED: Readonly<Record<Machine["class"], readonly string[]>> = {
  nixos: ["configuration.nix", "hardware-configuration.nix", "disko.nix"],
  darwin: ["configuration.nix"],
};

/** Nothing is evaluated before somebody looks at the result. */
export function evaluateMachine(
  machine: Machine,
  source: VarsSource,
  foreign: ForeignModules,
): MachineEvaluation {
  const services = collectServiceModules(machine, source);
  const unseen: Unknown[] = [];
  const config: Thunk = new Thunk(() => evaluated.config);
  const evaluated: EvaluatedModules = evaluateModules(source.runner.limited(STEPS), {
    modules: [
      ...ownModules(machine, source),
      ...services.modules,
      ...machineGenerators.map((generator) => enabledModule(generator)),
    ],
    options: machineOptions({
      machine: machine.name,
      directory: source.directory,
      name: source.name,
      domain: source.tree.at("meta", "domain")?.string(),
      isRecommended:
        machine.class === "nixos"
          ? memberThunk(config, "clan", "core", "enableRecommendedDefaults")
          : Thunk.of(bool(false)),
    }),
    lib: source.lib,
    specialArgs: specialArguments(machine, source, foreign),
    leavesOut: (module) => foreign.has(module),
    unknownImports: (what) => unseen.push(what),
  });
  return { ...evaluated, services, unseen };
}

/** Whether somebody wrote any of its modules; else all of them are made of facts. */
export function isWritten(machine: Machine, source: VarsSource): boolean {
  return ownModules(machine, source).length > 0 || hasServiceCode(machine, source);
}

function ownModules(machine: Machine, source: VarsSource): Thunk[] {
  return [...ownFiles(machine, source), ...toModules(source.tree.at("machines", machine.name))];
}

/** What clan-core itself generates for a machine that asks for it. */
function enabledModule(generator: (typeof machineGenerators)[number]): Thunk {
  const module = lazy("module", (args) => {
    return generatorModule(generator, memberThunk(args, "config", ...generator.enabledBy));
  });
  return Thunk.of({ ...module, formals: new Map([["config", false]]) });
}

function memberThunk(set: Thunk, ...path: readonly string[]): Thunk {
  return new Thunk(function* () {
    return (yield* memberOf(set, ...path)) ?? unknown(`${path.join(".")} is not known`);
  });
}

function ownFiles(machine: Machine, { directory, runner }: VarsSource): Thunk[] {
  if (directory === undefined)
    return [Thunk.of(unknown("it is not known in which folder the machine's configuration is"))];
  return IMPORTED[machine.class].flatMap((name) => {
    const file = resolvePath(directory, `machines/${machine.name}/${name}`);
    return runner.host.fileType(file) === undefined ? [] : [Thunk.of(path(file))];
  });
}

/** Those of clan and of nixpkgs' own evaluation, then the clan's `specialArgs`. */
function specialArguments(
  machine: Machine,
  { flake, tree }: VarsSource,
  foreign: ForeignModules,
): ReadonlyMap<string, Thunk> {
  const clanCore = [...flake.inputs.values()].find(isClanCore)?.value;
  const given = tree.child("specialArgs")?.value();
  const known = given?.type === "attrs" ? given.attrs : new Map<string, { readonly value: Thunk }>();
  return new Map<string, Thunk>([
    ["clan-core", clanCore ?? Thunk.of(unknown("the flake has no input clan-core"))],
    ["self", flake.self],
    ["_class", Thunk.of(string(machine.class))],
    ["modulesPath", Thunk.of(foreign.nixos)],
    ...[...known].map(([name, { value }]) => [name, value] as const),
  ]);
}
