/**
 * flake-parts, native: `lib.mkFlake` evaluates flake modules; what they set under `flake` are the outputs.
 *
 *   flake-parts.lib.mkFlake { inherit inputs; } { imports = [ ./a.nix ]; flake.x = 1; }   ->   { x = 1; … }
 *
 * Modules of other flakes are not seen: they may declare options and add outputs, so both stay open.
 */

import { type EvaluatedModules, evaluateModules } from "../../modules/evaluate.ts";
import type { Option, OptionSet, OptionType } from "../../modules/option-type.ts";
import { withUndeclared } from "../../modules/undeclared.ts";
import { lazy } from "../../nix/builtins/define.ts";
import { fail } from "../../nix/errors.ts";
import { expectAttrs } from "../../nix/expect.ts";
import { apply } from "../../nix/interpreter.ts";
import { attrs, attrsOf, builtin, list, openLibrary, path, string, unknown } from "../../nix/make.ts";
import { resolvePath } from "../../nix/path.ts";
import type { Eval } from "../../nix/step.ts";
import { NixThunk, Thunk } from "../../nix/thunk.ts";
import type { AttrsValue, Unknown, Value } from "../../nix/value.ts";
import type { FlakeInProgress, NativeInput } from "../flake.ts";

export interface FlakePartsExtras {
  /** Options under `flake` beside those of flake-parts itself. */
  readonly flake: ReadonlyMap<string, Option>;
  /** Options beside `flake`, `perSystem`, … */
  readonly top: ReadonlyMap<string, Option>;
  /** Told of every evaluation. */
  readonly onEvaluation: (evaluated: EvaluatedFlakeModules) => void;
}

export interface EvaluatedFlakeModules extends EvaluatedModules {
  /** Imports that are not seen, as far as they have come up: they may declare options of their own. */
  readonly unseen: readonly Unknown[];
}

const MODULE_OUTPUTS = ["nixosModules", "darwinModules", "homeModules", "homeManagerModules", "flakeModules"];
const MODULE: OptionType = { kind: "deferredModule" };
const MODULES: OptionType = { kind: "attrsOf", lazy: true, of: MODULE };

export function flakePartsInput(extras: (flake: FlakeInProgress) => FlakePartsExtras): NativeInput {
  return {
    matches: ({ name, repository }) =>
      repository === undefined ? name === "flake-parts" : /(^|\/)flake-parts$/.test(repository),
    value: (flake) => new Thunk(() => flakeParts(flake, extras(flake))),
  };
}

function flakeParts(flake: FlakeInProgress, extras: FlakePartsExtras): Value {
  const more = openLibrary("only the usual parts of flake-parts are known");
  const lib = new Thunk(() => attrs(flakePartsLib(flake, extras, lib), undefined, more));
  const modules = attrs(
    {
      modules: attrs({ key: string("flake-parts#flakeModules.modules") }),
      easyOverlay: attrs({ key: string("flake-parts#flakeModules.easyOverlay") }),
      flakeModules: attrs({ key: string("flake-parts#flakeModules.flakeModules") }),
      partitions: attrs({ key: string("flake-parts#flakeModules.partitions") }),
    },
    undefined,
    more,
  );
  return attrs({ lib, flakeModules: modules }, undefined, more);
}

function flakePartsLib(flake: FlakeInProgress, extras: FlakePartsExtras, lib: Thunk): Record<string, Value> {
  const evaluate = (args: Thunk, module: Thunk): Eval<EvaluatedFlakeModules> =>
    evaluateFlakeModules(flake, extras, lib, args, module);
  return {
    mkFlake: lazy("mkFlake", function* (args, module) {
      const { config, unseen } = yield* evaluate(args, module);
      return yield* outputsOf(yield config, unseen);
    }),
    evalFlakeModule: lazy("evalFlakeModule", function* (args, module) {
      const { config, options } = yield* evaluate(args, module);
      return attrs({ config, options });
    }),
    importApply: lazy("importApply", function* (file, staticArgs) {
      const named = yield file;
      const code = named.type === "path" ? flake.evaluator.importFile(named.value) : Thunk.of(named);
      const imports = list([apply(code, staticArgs)]);
      return named.type === "path" ? attrs({ _file: string(named.value), imports }) : attrs({ imports });
    }),
  };
}

/** The special arguments of flake modules are what `args` gives and what flake-parts adds. */
function* evaluateFlakeModules(
  flake: FlakeInProgress,
  extras: FlakePartsExtras,
  flakePartsLib: Thunk,
  args: Thunk,
  module: Thunk,
): Eval<EvaluatedFlakeModules> {
  const given = expectAttrs(yield args);
  const { attrs: names, open, origins } = given;
  if (open === undefined && !names.has("inputs") && !names.has("self"))
    fail("error", "When invoking flake-parts, you must pass in the flake output arguments", origins?.[0]);
  const special = given.attrs.get("specialArgs")?.value;
  const added = special === undefined ? undefined : expectAttrs(yield special);
  const inputs = given.attrs.get("inputs")?.value;
  const self = given.attrs.get("self")?.value ?? (inputs && selfOfInputs(inputs)) ?? flake.self;
  const specialArgs = new Map<string, Thunk>([
    ["self", self],
    ["flake-parts-lib", flakePartsLib],
    ["moduleLocation", Thunk.of(path(resolvePath(flake.root, "flake.nix")))],
    ["getSystem", Thunk.of(lazy("getSystem", (_system) => perSystemResult()))],
    ["withSystem", Thunk.of(lazy("withSystem", withSystem))],
    ["moduleWithSystem", Thunk.of(builtin("moduleWithSystem", 1, ([fn]) => moduleWithSystem(fn as Thunk)))],
    ...[...(added?.attrs ?? [])].map(([name, { value }]) => [name, value] as const),
  ]);
  if (inputs !== undefined) specialArgs.set("inputs", inputs);
  const unseen: Unknown[] = [];
  const evaluated = evaluateModules(flake.evaluator, {
    modules: [module],
    options: optionsOf(extras),
    lib: flake.lib,
    specialArgs,
    unknownImports: (what) => unseen.push(what),
  });
  const all = { ...evaluated, unseen };
  extras.onEvaluation(all);
  return all;
}

function selfOfInputs(inputs: Thunk): Thunk {
  return new Thunk(function* () {
    const self = expectAttrs(yield inputs).attrs.get("self")?.value;
    return self === undefined ? unknown("the inputs given to mkFlake have no self") : yield self;
  });
}

function optionsOf(extras: FlakePartsExtras): OptionSet {
  const option = (type: OptionType): Option => ({ type, required: false });
  const flake: OptionSet = {
    options: new Map([
      ...MODULE_OUTPUTS.map((name) => [name, option(MODULES)] as const),
      ["modules", option({ kind: "attrsOf", lazy: true, of: MODULES })],
      ["overlays", option({ kind: "attrsOf", lazy: true, of: { kind: "raw" } })],
      ...extras.flake,
    ]),
    // What is defined twice is an error there; here the definitions are put together, without a look inside.
    freeform: { kind: "attrsOf", lazy: true, of: { kind: "anything", unspecified: true } },
  };
  // Modules of other flakes may declare any other: what is written for those is not all they hold.
  return withUndeclared({
    options: new Map([
      ["systems", option({ kind: "listOf", of: { kind: "str" } })],
      ["perSystem", option(MODULE)],
      ["debug", option({ kind: "bool" })],
      ["transposition", option({ kind: "anything" })],
      ["flake", option({ kind: "submodule", options: flake })],
      ...extras.top,
    ]),
  });
}

/** `config.flake`, and what is made of `perSystem`. `unseen`: modules of other flakes, which may add to any output. */
function* outputsOf(config: Value, unseen: readonly Unknown[]): Eval<Value> {
  const flake = config.type === "attrs" ? config.attrs.get("flake")?.value : undefined;
  const outputs = flake === undefined ? undefined : yield flake;
  if (outputs?.type !== "attrs") return outputs ?? unknown("the outputs of the flake are not known");
  const members = new Map(outputs.attrs);
  for (const name of MODULE_OUTPUTS) {
    const modules = members.get(name);
    if (modules)
      members.set(name, { ...modules, value: new NixThunk(() => openedBy(modules.value, unseen)) });
  }
  return attrsOf(
    members,
    outputs.origins,
    outputs.open ?? unknown("perSystem and modules of other flakes may add outputs"),
  );
}

function* openedBy(set: Thunk, [unseen]: readonly Unknown[]): Eval<Value> {
  const value = yield set;
  return value.type === "attrs" && unseen ? { ...value, open: value.open ?? unseen } : value;
}

function perSystemResult(system?: Thunk): AttrsValue {
  const known: Record<string, Thunk> = system === undefined ? {} : { system };
  return attrs(known, undefined, unknown("what perSystem gives for a system is not evaluated"));
}

function withSystem(system: Thunk, fn: Thunk): Thunk {
  return apply(fn, Thunk.of(perSystemResult(system)));
}

/** A module whose function gets the arguments of `perSystem` first. */
function moduleWithSystem(fn: Thunk): Value {
  return lazy("module", (args) => apply(fn, Thunk.of(perSystemResult()), args));
}
