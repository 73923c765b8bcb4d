/**
 * What clan calls `perInstance` and `perMachine` of a service with: sets whose names are all known, as far as the
 * clan's are. (clan-core's lib/inventory/distributed-service/service-module.nix.)
 *
 *   perInstance = { settings, machine, roles, ... }: …   ->   settings { port }, machine { name, roles }, …
 */
import type { OptionNode } from "../../modules/option-node.ts";
import type { OptionSet } from "../../modules/option-type.ts";
import { lazy } from "../../nix/builtins/define.ts";
import { fail, NixError } from "../../nix/errors.ts";
import { attrs, list, string, unknown, whole } from "../../nix/make.ts";
import type { Eval } from "../../nix/step.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Unknown, Value } from "../../nix/value.ts";
import { memberOf } from "../member.ts";
import type { Instance, Machine, Member, Role, Service } from "../model.ts";
import type { BehaviourSource } from "./source.ts";

type Arguments = ReadonlyMap<string, Thunk>;

/** Of a role of an instance, on a machine that is in it. */
export function roleArguments(
  source: BehaviourSource,
  service: Service,
  instance: Instance,
  role: Role,
  machine: Machine,
): Arguments {
  const { memberSettings } = source;
  const all = [...instance.roles.values()];
  const roles = all.filter((one) => isMember(one.members, machine.name)).map(({ name }) => name);
  const open = all.find((one) => one.open !== undefined)?.open;
  return new Map<string, Thunk>([
    ...commonArguments(
      source,
      service,
      machine,
      roles,
      open && unknown(open.reason),
      `${instance.name}:${role.name}`,
    ),
    ["instanceName", Thunk.of(string(instance.name))],
    ["roles", new Thunk(() => rolesValue(source, instance))],
    ["settings", settingsOf(source, instance, role, machine.name)],
    [
      "extendSettings",
      Thunk.of(
        lazy("extendSettings", (module) => {
          const extended = memberSettings(instance, role, machine.name, module);
          refuseUndeclared(extended, service.roles.get(role.name)?.settings);
          return settledValue(extended);
        }),
      ),
    ],
  ]);
}

/** Of all instances of a service that the machine is in. */
export function machineArguments(
  source: BehaviourSource,
  service: Service,
  instances: readonly Instance[],
  machine: Machine,
): Arguments {
  const roles = instances.flatMap((instance) =>
    [...instance.roles.values()].filter((role) => isMember(role.members, machine.name)),
  );
  const all = instances.map(
    (instance) => [instance.name, attrs({ roles: new Thunk(() => rolesValue(source, instance)) })] as const,
  );
  const open = mayBeInOthers(source, service, instances);
  return new Map<string, Thunk>([
    ...commonArguments(source, service, machine, [...new Set(roles.map(({ name }) => name))], open, ":"),
    ["instances", Thunk.of(whole(attrs(new Map(all), undefined, open)))],
    ["settings", new Thunk(noSettings)],
  ]);
}

/** Settings are those of a machine in a role of an instance. */
export function noSettings(): never {
  return fail("error", "'perMachine' doesn't have a 'settings' argument");
}

/** Why the machine may be in further instances of the service. */
function mayBeInOthers(
  { instances }: BehaviourSource,
  service: Service,
  known: readonly Instance[],
): Unknown | undefined {
  if (instances.open !== undefined) return unknown(instances.open.reason);
  for (const instance of instances.known.values()) {
    if (instance.service.kind === "open") return unknown(instance.service.reason);
    const isOfService = instance.service.kind === "known" && instance.service.service === service;
    const open = [...instance.roles.values()].find((role) => role.open !== undefined)?.open;
    if (open !== undefined && (isOfService || known.includes(instance))) return unknown(open.reason);
  }
  return undefined;
}

/** `open`: why the machine may have other roles. `scope`: the instance and the role of what is exported, if of one. */
function commonArguments(
  source: BehaviourSource,
  service: Service,
  { name }: Machine,
  roles: readonly string[],
  open: Unknown | undefined,
  scope: string,
): readonly (readonly [string, Thunk])[] {
  const hidden = unknown("what other services export is not evaluated");
  const names = roles.map((role) => Thunk.of(string(role)));
  return [
    ["machine", Thunk.of(whole(attrs({ name: string(name), roles: list(names, undefined, open) })))],
    ["meta", new Thunk(() => metaOf(source.tree))],
    ["exports", Thunk.of(hidden)],
    ["mkExports", makeExports(`${service.name}:${scope}:${name}`)],
  ];
}

/** The function that puts exports into a scope. Its name is a part of clan's that nobody reads. */
export function makeExports(scope: string): Thunk {
  return Thunk.of(lazy("mkExports", (exported) => attrs({ [scope]: exported })));
}

/** `{ <role>.machines.<machine>.settings }` of an instance, for all machines that are in it. */
function rolesValue(source: BehaviourSource, instance: Instance): Value {
  const roles = [...instance.roles.values()].map((role) => {
    const machines = role.members.map(
      ({ machine }) => [machine, attrs({ settings: settingsOf(source, instance, role, machine) })] as const,
    );
    const open = role.open && unknown(role.open.reason, role.open.node);
    const settings = Thunk.of(unknown("the settings of a role alone are not evaluated"));
    return [role.name, attrs({ machines: attrs(new Map(machines), undefined, open), settings })] as const;
  });
  return whole(
    attrs(new Map(roles), undefined, instance.option.open ?? instance.option.child("roles")?.open),
  );
}

function settingsOf(source: BehaviourSource, instance: Instance, role: Role, machine: string): Thunk {
  return new Thunk(() => settledValue(source.memberSettings(instance, role, machine)));
}

/** That of the inventory, which has the values; `meta` itself is a module. */
function* metaOf(tree: OptionNode): Eval<Value> {
  const clan = tree.value();
  if (clan.type === "failure") throw new NixError(clan);
  return whole((yield* memberOf(Thunk.of(clan), "inventory", "meta")) ?? unknown("`meta` is not known"));
}

/** What `extendSettings` adds is a module of the interface, which must declare it. */
function refuseUndeclared(option: OptionNode | undefined, declared: OptionSet | undefined): void {
  if (option === undefined || option.open !== undefined || declared === undefined) return;
  if (declared.open !== undefined || declared.freeform !== undefined) return;
  for (const [name, child] of option.children()) {
    const origins = child.type === undefined ? child.definitions.flatMap(({ keys }) => keys) : [];
    const message = `extendSettings sets '${name}', which the role has no setting for`;
    if (origins.length > 0 && !declared.options.has(name))
      throw new NixError({ type: "failure", kind: "error", message, origins, isOfWhole: true });
  }
}

function settledValue(option: OptionNode | undefined): Value {
  const value = option?.value() ?? unknown("the settings are not known");
  if (value.type === "failure") throw new NixError(value);
  return whole(value);
}

/** Members are sorted, and every machine asks every role. */
export function isMember(members: readonly Member[], machine: string): boolean {
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
