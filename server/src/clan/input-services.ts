/**
 * The services of flake inputs whose source is at hand: what their `clan.modules` holds. Those of clan-core are
 * registered by flake-parts modules, which are read without the rest of that flake.
 *
 *   inputs.community.url = "path:../community";   with   clan.modules."@x/door" = ./door.nix
 *   ->  find("@x/door", "community")   known: role default
 */
import { evaluateModules } from "../modules/evaluate.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { OptionType } from "../modules/option-type.ts";
import { attrs, path, unknown } from "../nix/make.ts";
import { resolvePath } from "../nix/path.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Value } from "../nix/value.ts";
import type { Flake, FlakeInput } from "../project/flake.ts";
import { isClanCore } from "./core-versions.ts";
import { memberOf } from "./member.ts";
import type { ServiceLookup } from "./model.ts";
import { readService, type ServiceEvaluation } from "./service-module.ts";

export interface InputServicePlaces extends ServiceEvaluation {
  readonly flake: Pick<Flake, "inputs">;
}

const anything: OptionType = { kind: "anything" };
const modules: OptionType = { kind: "attrsOf", of: { kind: "raw" } };
const clan: OptionType = {
  kind: "submodule",
  options: { options: new Map([["modules", { type: modules, required: false }]]), freeform: anything },
};

/** Where clan-core's flake registers its services. */
const coreModule = "clanServices/flake-module.nix";

export class InputServices {
  private readonly trees = new Map<string, OptionNode | undefined>();
  private readonly found = new Map<string, ServiceLookup>();

  constructor(private readonly places: InputServicePlaces) {}

  /** Undefined if nothing can be said: the source of the input, or the service in it, cannot be read. */
  find(name: string, input: FlakeInput | undefined): ServiceLookup | undefined {
    if (input === undefined) return undefined;
    const key = `${input.name}\n${name}`;
    const lookup = this.found.get(key) ?? this.read(name, input);
    this.found.set(key, lookup);
    return lookup.kind === "open" ? undefined : lookup;
  }

  private read(name: string, input: FlakeInput): ServiceLookup {
    const registered = this.treeOf(input)?.at("clan", "modules");
    if (registered === undefined) return { kind: "open", reason: "its source is not at hand" };
    const option = registered.child(name);
    if (option !== undefined) return readService(name, option, "input", this.places);
    if (registered.open !== undefined) return { kind: "open", reason: registered.open.reason };
    return {
      kind: "unknown-service",
      name,
      possible: [...registered.children().keys()].sort(),
      inSelf: false,
      input: isClanCore(input) ? undefined : input.name,
      elsewhere: undefined,
      reason: undefined,
    };
  }

  /** Has `clan.modules`; undefined if the source is not at hand. */
  private treeOf(input: FlakeInput): OptionNode | undefined {
    if (!this.trees.has(input.name)) this.trees.set(input.name, this.evaluate(input));
    return this.trees.get(input.name);
  }

  private evaluate(input: FlakeInput): OptionNode | undefined {
    const { runner, lib } = this.places;
    const { directory, value, native } = input;
    if (directory === undefined || (native !== undefined && !isClanCore(input))) return undefined;
    const registering = isClanCore(input)
      ? Thunk.of(path(resolvePath(directory, coreModule)))
      : Thunk.of(attrs({ clan: attrs({ modules: new Thunk(() => exportedModules(value)) }) }));
    const missing = Thunk.of(unknown(`only the services of ${input.name} are evaluated`));
    return evaluateModules(runner, {
      modules: [registering],
      options: { options: new Map([["clan", { type: clan, required: false }]]), freeform: anything },
      lib,
      specialArgs: new Map([
        ["self", missing],
        ["inputs", missing],
      ]),
    }).root;
  }
}

/** `clan.modules` of a flake's outputs. */
function* exportedModules(flake: Thunk): Eval<Value> {
  const found = yield* memberOf(flake, "clan", "modules");
  return found ?? unknown("the flake is not known to have services");
}
