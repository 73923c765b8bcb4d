/**
 * The modules that a clan's service instances give a machine: what `perInstance` and `perMachine` of a service
 * at hand answer, and the roles' `extraModules`.
 *
 *   instances.door.roles.default.tags = [ "all" ];   with  perInstance = { instanceName, ... }: { nixosModule = …; }
 *   ->  [ { module, instance: "door", service: "door" } ]
 */

import { checkDefinition } from "../../modules/check.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import { attrs, string } from "../../nix/make.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Node } from "../../syntax/ast.ts";
import { lookUp } from "../../syntax/look-up.ts";
import { toModules } from "../definitions.ts";
import type { Instance, Machine, Role, Service, UnknownPart } from "../model.ts";
import { isMember } from "./behaviour-arguments.ts";
import { bundledGenerators, bundledModules } from "./bundled-generators.ts";
import { Settings } from "./settings-reader.ts";
import type { VarsSource } from "./source.ts";

/** Modules for one machine. */
export interface ServiceModules {
  readonly modules: readonly Thunk[];
  /** Where the code of each instance's service is written, to tell what comes from it. */
  readonly writtenBy: ReadonlyMap<Node, { readonly instance: string; readonly service: string }>;
  /** Modules made of bundled facts, by the file they are said to be in. */
  readonly bundled: ReadonlyMap<string, { readonly instance: string; readonly service: string }>;
  /** Why the machine may have modules that are not seen. */
  readonly open: UnknownPart | undefined;
}

export function collectServiceModules(machine: Machine, source: VarsSource): ServiceModules {
  return new ServiceModuleReader(machine, source).read();
}

/**
 * The machines for which any of them is code: of a service at hand, or in `extraModules`. All others are made of facts.
 */
export function machinesWithCode({ instances }: Pick<VarsSource, "instances">): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { service, roles } of instances.known.values())
    for (const { option, members } of roles.values()) {
      const hasCode = service.kind === "known" && service.service.module !== undefined;
      if (!hasCode && option.child("extraModules") === undefined) continue;
      for (const { machine } of members) found.add(machine);
    }
  return found;
}

class ServiceModuleReader implements ServiceModules {
  readonly modules: Thunk[] = [];
  readonly writtenBy = new Map<Node, { instance: string; service: string }>();
  readonly bundled = new Map<string, { instance: string; service: string }>();
  open: UnknownPart | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly source: VarsSource,
  ) {}

  read(): ServiceModules {
    const { instances } = this.source;
    this.open = instances.open;
    /** Instances of one service share what it does per machine. */
    const byService = new Map<Service, Instance[]>();
    for (const instance of instances.known.values()) {
      const roles = [...instance.roles.values()].filter((role) => this.plays(role));
      if (roles.length === 0) continue;
      for (const { option } of roles) this.modules.push(...elementsOf(option.child("extraModules")));
      if (instance.service.kind !== "known") {
        const reason =
          instance.service.kind === "open" ? instance.service.reason : "its service is not known";
        this.open ??= { path: instance.option.path.join("."), reason, node: undefined };
        continue;
      }
      const { service } = instance.service;
      if (service.module === undefined) {
        this.addBundled(instance, service, roles);
        continue;
      }
      for (const role of roles) this.addRole(instance, service, role);
      byService.set(service, [...(byService.get(service) ?? []), instance]);
    }
    for (const [service, members] of byService) this.addMachine(service, members);
    return this;
  }

  private plays(role: Role): boolean {
    if (role.open !== undefined) this.open ??= role.open;
    return isMember(role.members, this.machine.name);
  }

  private addBundled(instance: Instance, service: Service, roles: readonly Role[]): void {
    const file = `the service ${service.name} of clan-core, as ${instance.name}`;
    const facts = lookUp(bundledGenerators, service.name) ?? {};
    for (const [index, role] of roles.entries()) {
      const settings = new Settings(
        this.source.memberSettings(instance, role, this.machine.name),
        service.roles.get(role.name)?.settings ?? { options: new Map() },
      );
      const placement = { machine: this.machine, instance, role, settings };
      const given = [...(lookUp(facts, role.name) ?? []), ...(index === 0 ? (facts["*"] ?? []) : [])];
      for (const module of bundledModules(given, placement))
        this.modules.push(
          Thunk.of(module.type === "attrs" ? attrs({ _file: string(file), config: module }) : module),
        );
    }
    this.bundled.set(file, { instance: instance.name, service: service.name });
  }

  private addRole(instance: Instance, service: Service, role: Role): void {
    const behaviour = service.module?.at("roles", role.name, "perInstance");
    this.add(
      behaviour,
      this.source.behaviours.ofRole(instance, service, role, this.machine),
      instance,
      service,
    );
  }

  private addMachine(service: Service, instances: readonly Instance[]): void {
    const behaviour = service.module?.child("perMachine");
    const answer = this.source.behaviours.ofMachine(service, instances, this.machine);
    const [first] = instances;
    if (first !== undefined) this.add(behaviour, answer, first, service);
  }

  /** What a behaviour answers for this machine. */
  private add(
    behaviour: OptionNode | undefined,
    answer: OptionNode | undefined,
    { name: instance }: Instance,
    service: Service,
  ): void {
    if (behaviour === undefined || answer === undefined) return;
    for (const { origins, value } of behaviour.definitions)
      for (const node of value.type === "lambda" ? [value.node, ...origins] : origins)
        this.writtenBy.set(node, { instance, service: service.name });
    const result = answer.child(this.machine.class === "darwin" ? "darwinModule" : "nixosModule");
    this.modules.push(...toModules(result));
    if (answer.open !== undefined) this.modules.push(Thunk.of(answer.open));
  }
}

/** What is none is a mistake of another kind. */
function isModule(element: OptionNode): boolean {
  const { type } = element;
  return (
    type === undefined || element.effective().every(({ value }) => checkDefinition(type, value) === undefined)
  );
}

/** The modules in a list; those that may not apply, or a list that is not known, as Unknown. */
function elementsOf(option: OptionNode | undefined): Thunk[] {
  if (option === undefined) return [];
  const modules = [...option.children().values()].filter(isModule).flatMap(toModules);
  return option.open === undefined ? modules : [...modules, Thunk.of(option.open)];
}
