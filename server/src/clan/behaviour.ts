/**
 * What the roles of a service do on a machine, seen by whoever writes it: the options of what `perInstance` and
 * `perMachine` answer, whatever they are given.
 *
 *   perInstance = { settings, ... }: { nixosModule = …; }   ->   options nixosModule, darwinModule, exports
 */
import { evaluateModules } from "../modules/evaluate.ts";
import type { OptionNode } from "../modules/option-node.ts";
import { unknown } from "../nix/make.ts";
import { Thunk } from "../nix/thunk.ts";
import { MACHINE_ARGUMENTS, toModules } from "./definitions.ts";
import { behaviourOptions } from "./schema/service-options.ts";
import type { ModuleEvaluation } from "./service-module.ts";

/** Names of what clan gives either of the two functions. */
const given = [
  "exports",
  "extendSettings",
  "instanceName",
  "instances",
  "machine",
  "meta",
  "mkExports",
  "roles",
  "settings",
];

/** `service`: its own options. */
export function behaviourTrees(service: OptionNode, { runner, lib }: ModuleEvaluation): OptionNode[] {
  const roles = [...(service.child("roles")?.children().values() ?? [])];
  const behaviours = [...roles.map((role) => role.child("perInstance")), service.child("perMachine")];
  const argument = Thunk.of(unknown("it depends on the machine"));
  return behaviours.flatMap((behaviour) =>
    behaviour === undefined
      ? []
      : evaluateModules(runner, {
          modules: toModules(behaviour),
          options: behaviourOptions,
          lib,
          prefix: behaviour.path,
          withoutArguments: MACHINE_ARGUMENTS,
          specialArgs: new Map(given.map((name) => [name, argument])),
        }).root,
  );
}
