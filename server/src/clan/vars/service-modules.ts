/**
 * The modules that a clan's service instances give a machine: what `perInstance` and `perMachine` of a service
 * at hand answer, and the roles' `extraModules`.
 *
 *   instances.door.roles.default.tags = [ "all" ];   with  perInstance = { instanceName, ... }: { nixosModule = …; }
 *   ->  [ { module, instance: "door", service: "door" } ]
 */
import { evaluateModules } from "../../modules/evaluate.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import { lazy } from "../../nix/builtins/define.ts";
import { NixError } from "../../nix/errors.ts";
import { attrs, list, string, unknown } from "../../nix/make.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Value } from "../../nix/value.ts";
import type { Node } from "../../syntax/ast.ts";
import { toModules } from "../definitions.ts";
import type { Instance, Machine, Role, Service, UnknownPart } from "../model.ts";
import { behaviourOptions } from "../schema/service-options.ts";
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

/** Whether any of them is code: of a service at hand, or in `extraModules`. All others are made of facts. */
export function hasServiceCode({ name }: Machine, { instances }: Pick<VarsSource, "instances">): boolean {
  for (const { service, roles } of instances.known.values())
    for (const { option, members } of roles.values()) {
      const hasCode = service.kind === "known" && service.service.module !== undefined;
      if ((hasCode || option.child("extraModules") !== undefined) && isMember(members, name)) return true;
    }
  return false;
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
    const facts = bundledGenerators[service.name] ?? {};
    for (const [index, role] of roles.entries()) {
      const settings = new Settings(
        this.source.memberSettings(instance, role, this.machine.name),
        service.roles.get(role.name)?.settings ?? { options: new Map() },
      );
      const placement = { machine: this.machine, instance, role, settings };
      const given = [...(facts[role.name] ?? []), ...(index === 0 ? (facts["*"] ?? []) : [])];
      for (const module of bundledModules(given, placement))
        this.modules.push(
          Thunk.of(module.type === "attrs" ? attrs({ _file: string(file), config: module }) : module),
        );
    }
    this.bundled.set(file, { instance: instance.name, service: service.name });
  }

  private addRole(instance: Instance, service: Service, role: Role): void {
    const behaviour = service.module?.at("roles", role.name, "perInstance");
    this.add(behaviour, [instance], service, () => this.roleArguments(instance, role));
  }

  private addMachine(service: Service, instances: readonly Instance[]): void {
    this.add(service.module?.child("perMachine"), instances, service, () => this.machineArguments(instances));
  }

  /** What a behaviour answers for this machine, called with `args`. */
  private add(
    behaviour: OptionNode | undefined,
    instances: readonly Instance[],
    service: Service,
    args: () => ReadonlyMap<string, Thunk>,
  ): void {
    if (behaviour === undefined) return;
    const [{ name: instance } = { name: "" }] = instances;
    for (const { origins, value } of behaviour.definitions)
      for (const node of value.type === "lambda" ? [value.node, ...origins] : origins)
        this.writtenBy.set(node, { instance, service: service.name });
    const { runner, lib } = this.source;
    const { root } = evaluateModules(runner, {
      modules: toModules(behaviour),
      options: behaviourOptions,
      lib,
      specialArgs: args(),
    });
    const result = root.child(this.machine.class === "darwin" ? "darwinModule" : "nixosModule");
    this.modules.push(...toModules(result));
    if (root.open !== undefined) this.modules.push(Thunk.of(root.open));
  }

  private roleArguments(instance: Instance, role: Role): ReadonlyMap<string, Thunk> {
    const { name } = this.machine;
    const roles = [...instance.roles.values()].filter((one) => this.plays(one)).map((one) => one.name);
    const { memberSettings } = this.source;
    return new Map<string, Thunk>([
      ...this.commonArguments(roles),
      ["instanceName", Thunk.of(string(instance.name))],
      ["roles", new Thunk(() => this.rolesValue(instance))],
      ["settings", this.settings(instance, role, name)],
      [
        "extendSettings",
        Thunk.of(
          lazy("extendSettings", (module) => settledValue(memberSettings(instance, role, name, module))),
        ),
      ],
    ]);
  }

  private machineArguments(instances: readonly Instance[]): ReadonlyMap<string, Thunk> {
    const roles = instances.flatMap((instance) =>
      [...instance.roles.values()].filter((role) => this.plays(role)).map(({ name }) => name),
    );
    const all = instances.map(
      (instance) => [instance.name, attrs({ roles: new Thunk(() => this.rolesValue(instance)) })] as const,
    );
    return new Map<string, Thunk>([
      ...this.commonArguments([...new Set(roles)]),
      ["instances", Thunk.of(attrs(new Map(all)))],
      ["settings", Thunk.of(unknown("perMachine has no settings"))],
    ]);
  }

  private commonArguments(roles: readonly string[]): ReadonlyMap<string, Thunk> {
    const { name } = this.machine;
    const hidden = unknown("what other services export is not evaluated");
    return new Map<string, Thunk>([
      [
        "machine",
        Thunk.of(attrs({ name: string(name), roles: list(roles.map((role) => Thunk.of(string(role)))) })),
      ],
      ["meta", new Thunk(() => settledValue(this.source.tree.child("meta")))],
      ["exports", Thunk.of(hidden)],
      ["mkExports", Thunk.of(lazy("mkExports", (_exports) => hidden))],
    ]);
  }

  /** `{ <role>.machines.<machine>.settings }` of an instance, for all machines that are in it. */
  private rolesValue(instance: Instance): Value {
    const roles = [...instance.roles.values()].map((role) => {
      const machines = role.members.map(
        ({ machine }) => [machine, attrs({ settings: this.settings(instance, role, machine) })] as const,
      );
      const open = role.open && unknown(role.open.reason, role.open.node);
      const settings = Thunk.of(unknown("the settings of a role alone are not evaluated"));
      return [role.name, attrs({ machines: attrs(new Map(machines), undefined, open), settings })] as const;
    });
    return attrs(new Map(roles));
  }

  private settings(instance: Instance, role: Role, machine: string): Thunk {
    return new Thunk(() => settledValue(this.source.memberSettings(instance, role, machine)));
  }
}

/** The modules in a list; those that may not apply, or a list that is not known, as Unknown. */
function elementsOf(option: OptionNode | undefined): Thunk[] {
  if (option === undefined) return [];
  const modules = [...option.children().values()].flatMap(toModules);
  return option.open === undefined ? modules : [...modules, Thunk.of(option.open)];
}

function settledValue(option: OptionNode | undefined): Value {
  const value = option?.value() ?? unknown("the settings are not known");
  if (value.type === "failure") throw new NixError(value);
  return value;
}

/** Members are sorted, and every machine asks every role. */
function isMember(members: Role["members"], machine: string): boolean {
  let [low, high] = [0, members.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const name = members[middle]?.machine ?? "";
    if (name === machine) return true;
    if (name < machine) low = middle + 1;
    else high = middle;
  }
  return false;
}
