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
import { toModules } from "./definitions.ts";
import { behaviourOptions } from "./schema/service-options.ts";
import type { ServiceEvaluation } from "./service-module.ts";
import { makeExports, noSettings } from "./vars/behaviour-arguments.ts";

/** Names of what clan gives both functions, and each of them. */
const given = ["exports", "machine", "meta"];
const givenPerInstance = [...given, "extendSettings", "instanceName", "roles", "settings"];
const givenPerMachine = [...given, "instances"];

/** `service`: its own options. */
export function behaviourTrees(
  service: OptionNode,
  { runner, lib, exportInterfaces }: ServiceEvaluation,
): OptionNode[] {
  const roles = [...(service.child("roles")?.children().values() ?? [])];
  const argument = Thunk.of(unknown("it depends on the machine"));
  const evaluate = (behaviour: OptionNode | undefined, args: Arguments): OptionNode[] => {
    if (behaviour === undefined) return [];
    const { root } = evaluateModules(runner, {
      modules: toModules(behaviour),
      options: behaviourOptions(exportInterfaces()),
      lib,
      prefix: behaviour.path,
      withoutArguments: "all",
      specialArgs: new Map(args),
    });
    return [root];
  };
  const mkExports = ["mkExports", makeExports("<scope>")] as const;
  const perInstance = [...givenPerInstance.map((name) => [name, argument] as const), mkExports];
  const perMachine = [...givenPerMachine.map((name) => [name, argument] as const), mkExports];
  return [
    ...roles.flatMap((role) => evaluate(role.child("perInstance"), perInstance)),
    ...evaluate(service.child("perMachine"), [...perMachine, ["settings", new Thunk(noSettings)]]),
  ];
}

type Arguments = readonly (readonly [string, Thunk])[];
