/**
 * What services at hand answer on the machines of their instances: `perInstance` and `perMachine`, called as clan
 * calls them. Each is evaluated once a state, when somebody first asks.
 *
 *   instances.door.roles.default.machines.web = { };   with  perInstance = { settings, ... }: { nixosModule = …; }
 *   ->  ofRole(door, service, default, "web")   the options nixosModule, darwinModule, exports
 */
import { evaluateModules } from "../../modules/evaluate.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { Thunk } from "../../nix/thunk.ts";
import { toModules } from "../definitions.ts";
import type { Instance, Machine, Role, Service } from "../model.ts";
import { behaviourOptions } from "../schema/service-options.ts";
import { isMember, machineArguments, roleArguments } from "./behaviour-arguments.ts";
import type { BehaviourSource } from "./source.ts";

type BehaviourArguments = ReadonlyMap<string, Thunk>;

export class Behaviours {
  private readonly evaluated = new Map<string, OptionNode>();

  constructor(private readonly source: BehaviourSource) {}

  /** What the role does on a machine that is in it; undefined if the service says nothing of it. */
  ofRole(instance: Instance, service: Service, role: Role, machine: Machine): OptionNode | undefined {
    const behaviour = service.module?.at("roles", role.name, "perInstance");
    const key = ["instance", instance.name, role.name, machine.name].join("\n");
    return this.find(key, behaviour, () => roleArguments(this.source, service, instance, role, machine));
  }

  /** `instances`: those of the service that the machine takes part in. */
  ofMachine(service: Service, instances: readonly Instance[], machine: Machine): OptionNode | undefined {
    const [first] = instances;
    const key = ["machine", first?.name, machine.name].join("\n");
    return this.find(key, service.module?.child("perMachine"), () =>
      machineArguments(this.source, service, instances, machine),
    );
  }

  /** Of the services that this flake defines, on all machines. */
  all(): readonly OptionNode[] {
    const { machines, instances } = this.source;
    const found: (OptionNode | undefined)[] = [];
    const own = [...instances.known.values()].flatMap((instance) =>
      instance.service.kind === "known" && instance.service.service.origin === "self"
        ? [{ instance, service: instance.service.service }]
        : [],
    );
    // Most clans have none, or few beside the many of clan-core.
    if (own.length === 0) return [];
    for (const machine of machines.known.values()) {
      const byService = new Map<Service, Instance[]>();
      for (const { instance, service } of own) {
        const roles = [...instance.roles.values()].filter(({ members }) => isMember(members, machine.name));
        for (const role of roles) found.push(this.ofRole(instance, service, role, machine));
        if (roles.length > 0) byService.set(service, [...(byService.get(service) ?? []), instance]);
      }
      for (const [service, members] of byService) found.push(this.ofMachine(service, members, machine));
    }
    return found.filter((answer) => answer !== undefined);
  }

  private find(
    key: string,
    behaviour: OptionNode | undefined,
    given: () => BehaviourArguments,
  ): OptionNode | undefined {
    if (behaviour === undefined) return undefined;
    const found = this.evaluated.get(key) ?? this.evaluate(behaviour, given());
    this.evaluated.set(key, found);
    return found;
  }

  private evaluate(behaviour: OptionNode, given: BehaviourArguments): OptionNode {
    const { runner, lib, exportInterfaces } = this.source;
    return evaluateModules(runner, {
      modules: toModules(behaviour),
      options: behaviourOptions(exportInterfaces()),
      lib,
      prefix: behaviour.path,
      specialArgs: given,
      withoutArguments: "all",
    }).root;
  }
}
