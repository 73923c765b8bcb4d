/**
 * Walks over an option tree's definitions that several rules share.
 *
 *   { inventory.machines.web.targetHost = "h"; }   ->   undeclaredIn(machines.web): targetHost
 */
import type { Clan, Instance, Role, RoleSettings, Service, ServiceRole } from "../../clan/model.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { OptionSet, OptionType } from "../../modules/option-type.ts";
import { optionsBelow } from "../../modules/options-below.ts";
import { varsOfMachines } from "../fix/vars-fix.ts";
import type { Problem } from "../rule.ts";
import type { Look } from "../run/look.ts";

/** A name that is defined where only `among` may be. */
export interface Undeclared {
  readonly name: string;
  readonly option: OptionNode;
  readonly among: OptionSet;
}

/** The names of an option's attributes that its closed set of options, `set`, does not declare. */
export function* undeclaredIn(
  parent: OptionNode,
  set = parent.type && optionSetOf(parent.type),
): Iterable<Undeclared> {
  if (set === undefined || set.open !== undefined || set.freeform !== undefined) return;
  for (const [name, option] of parent.children())
    if (option.type === undefined && !set.options.has(name)) yield { name, option, among: set };
}

/** `root`, if it has a declared type, and every option below that has one. */
export function collectDeclared(root: OptionNode): readonly OptionNode[] {
  const isDeclared = ({ type }: OptionNode): boolean => type !== undefined;
  return [...optionsBelow(root, isDeclared)].filter(isDeclared);
}

/** What is found in the options of all settings of roles whose services are known. */
export function inSettings(
  clan: Clan,
  look: Look,
  check: (option: OptionNode, settings: RoleSettings) => Iterable<Problem>,
): Iterable<Problem> {
  return look.inSettings(clan, function* (settings) {
    for (const option of collectDeclared(settings.tree))
      for (const problem of check(option, settings))
        yield { ...problem, isUnused: problem.isUnused === true || !settings.isUsed };
  });
}

export function* mapped<T>(all: Iterable<T>, change: (one: T) => T): Iterable<T> {
  for (const one of all) yield change(one);
}

/** The options of flake-parts that define the clan. */
export function clanOptionsOf({ flakeModules }: Clan): readonly OptionNode[] {
  const options = flakeModules.flatMap((root) => [root.at("clan"), root.at("flake", "clan")]);
  return options.filter((option) => option !== undefined);
}

/** The generators of the machines: `clan.core.vars.generators`. */
export function* generatorTrees(clan: Clan): Iterable<OptionNode> {
  for (const { option } of varsOfMachines(clan)) if (option !== undefined) yield option;
}

/** What of the machines' configurations is declared: `clan.core`. */
export function* coreTrees(clan: Clan): Iterable<OptionNode> {
  for (const root of machineTrees(clan)) {
    const option = root.at("clan", "core");
    if (option !== undefined) yield option;
  }
}

/** The configurations of the machines: what they are made of, NixOS itself left out. */
export function* machineTrees(clan: Clan): Iterable<OptionNode> {
  for (const { root } of varsOfMachines(clan)) if (root !== undefined) yield root;
}

/** The services of this flake that are in use, and what they answer: Nix does not look at others, nor at roles without members. */
export function ownServices({ instances }: Clan): readonly OptionNode[] {
  const found = [...instances.known.values()].flatMap(({ service, roles }) => {
    if (service.kind !== "known" || service.service.origin !== "self") return [];
    const used = new Set(
      [...roles.values()].filter(({ members }) => members.length > 0).map(({ name }) => name),
    );
    const { module, behaviours } = service.service;
    if (used.size === 0 || module === undefined) return [];
    const isUsed = ({ path: [, , part, role = ""] }: OptionNode): boolean =>
      part !== "roles" || used.has(role);
    return [module, ...(behaviours?.() ?? []).filter(isUsed)];
  });
  return [...new Set(found)];
}

/** What services of this flake export, by scope, on each machine: there conditions are decided. */
export function exportsOf(clan: Clan): readonly OptionNode[] {
  return clan.behaviours().flatMap((behaviour) => behaviour.child("exports") ?? []);
}

/** Services of this flake whose settings, or exports, some machine needs. */
export function servicesRead({ instances }: Clan): ReadonlySet<Service> {
  const found = new Set<Service>();
  for (const { service, roles } of instances.known.values()) {
    if (service.kind !== "known" || service.service.origin !== "self") continue;
    for (const [name, { members }] of roles)
      if (members.length > 0 && service.service.roles.get(name)?.needsManifest === true)
        found.add(service.service);
  }
  return found;
}

/** The interfaces of their roles that have members: what they declare is looked at where settings are read. */
export function interfacesRead({ instances }: Clan): ReadonlyMap<ServiceRole, readonly RoleOfInstance[]> {
  const found = new Map<ServiceRole, RoleOfInstance[]>();
  for (const instance of instances.known.values()) {
    const { service, roles } = instance;
    if (service.kind !== "known" || service.service.origin !== "self") continue;
    for (const [name, role] of roles) {
      const declared = service.service.roles.get(name);
      if (role.members.length === 0 || declared?.usesSettings !== true) continue;
      const uses = found.get(declared) ?? [];
      uses.push({ instance, role });
      found.set(declared, uses);
    }
  }
  return found;
}

export interface RoleOfInstance {
  readonly instance: Instance;
  readonly role: Role;
}

/** Which options only say what a service is: Nix looks at that where somebody asks, and at its name where settings are read. */
export function manifestRemarks(clan: Clan): (option: OptionNode) => boolean {
  const named = new Set([...servicesRead(clan)].map(({ name }) => name));
  const exporting = new Set(
    clan.behaviours().flatMap((behaviour) => (behaviour.child("exports") ? (behaviour.path[1] ?? []) : [])),
  );
  return ({ path: [top, service = "", part, option, list] }) =>
    top === "modules" &&
    part === "manifest" &&
    option !== "constraints" &&
    !(option === "name" && named.has(service)) &&
    !(option === "exports" && list === "out" && exporting.has(service));
}

/** Names a person may choose from, sorted. */
export function offered(set: OptionSet): string[] {
  return [...set.options]
    .filter(([, option]) => !option.internal && option.removed === undefined)
    .map(([name]) => name)
    .sort();
}

/** The options of the submodule a value of the type is; undefined if it is none, or one of several. */
export function optionSetOf(type: OptionType): OptionSet | undefined {
  switch (type.kind) {
    case "submodule":
      return type.options;
    case "nullOr":
    case "unique":
      return optionSetOf(type.of);
    case "coercedTo":
      return optionSetOf(type.to);
    default:
      return undefined;
  }
}
