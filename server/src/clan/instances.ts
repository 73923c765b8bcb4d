/**
 * The instances of a clan: which service each one is of, and which machines are in which role.
 *
 *   instances.backup = { module.name = "borgbackup"; roles.client.tags = [ "all" ]; }
 *   ->  backup: borgbackup, client { db via all, web via all }
 */
import type { OptionNode } from "../modules/option-node.ts";
import { findOpen, originsOf, unknownPart } from "./definitions.ts";
import { isSame, OfOption } from "./lasting.ts";
import type { MachinesAndTags } from "./machines.ts";
import type { Instance, Member, NameSet, Role, ServiceLookup, UnknownPart } from "./model.ts";
import type { ServiceFinder } from "./services.ts";

export function collectInstances(
  tree: OptionNode,
  machines: MachinesAndTags,
  services: ServiceFinder,
): NameSet<Instance> {
  const path = ["inventory", "instances"];
  const known = new Map<string, Instance>();
  for (const [name, option] of sorted(tree.at(...path)?.children()))
    known.set(name, readInstance(name, option, machines, services));
  return { known, open: findOpen(tree, path) };
}

/** What an instance says by itself, whatever else there is in the clan. */
interface Written {
  readonly module: Instance["module"];
  /** Sorted. */
  readonly roles: readonly WrittenRole[];
  /** As it was read last: the same object goes on where nothing around it is different. */
  last: Instance | undefined;
}

interface WrittenRole {
  readonly name: string;
  readonly option: OptionNode;
  readonly machineNames: readonly string[];
  readonly tagNames: readonly string[];
  /** It, a machine or a tag that may not apply. */
  readonly unsure: UnknownPart | undefined;
  readonly hidden: UnknownPart | undefined;
  last: { readonly role: Role; readonly tagged: readonly (readonly string[])[] } | undefined;
}

const written = new OfOption(readWritten);

function readWritten(option: OptionNode): Written {
  // A name that is null is a type error; which service is meant is not known then.
  const module = {
    name: readModule(option, "name", option.path.at(-1) ?? null) ?? undefined,
    input: readModule(option, "input", null),
  };
  const roles = sorted(option.child("roles")?.children()).map(([name, role]) => readWrittenRole(name, role));
  return { module, roles, last: undefined };
}

function readWrittenRole(name: string, option: OptionNode): WrittenRole {
  const named = sorted(option.child("machines")?.children());
  // In a list of tags, an element that is no string has its index for a name.
  const tagged = sorted(option.child("tags")?.children()).filter(([, tag]) => tag.type?.kind === "submodule");
  const unsure = [["", option] as const, ...named, ...tagged].find(([, part]) => mayBeAbsent(part))?.[1];
  const hidden = option.open ?? option.child("machines")?.open ?? option.child("tags")?.open;
  return {
    name,
    option,
    machineNames: named.map(([machine]) => machine),
    tagNames: tagged.map(([tag]) => tag),
    unsure: unsure && { path: unsure.path.join("."), reason: "it may not apply", node: originsOf(unsure)[0] },
    hidden: hidden && unknownPart(option.path, hidden, option),
    last: undefined,
  };
}

function readInstance(
  name: string,
  option: OptionNode,
  machines: MachinesAndTags,
  services: ServiceFinder,
): Instance {
  const own = written.of(option);
  const { module, last } = own;
  const service = services.find(module.name, module.input);
  const roles = own.roles.map((role) => readRole(role, machines));
  if (last !== undefined && isSameService(last.service, service) && isSame([...last.roles.values()], roles))
    return last;
  own.last = { name, option, module, service, roles: new Map(roles.map((role) => [role.name, role])) };
  return own.last;
}

function isSameService(a: ServiceLookup, b: ServiceLookup): boolean {
  return a.kind === "known" && b.kind === "known" && a.service === b.service;
}

/** The value of `module.name` or `module.input`; undefined if it is not known, or is of a wrong type. */
function readModule(
  instance: OptionNode,
  name: "name" | "input",
  fallback: string | null,
): string | null | undefined {
  const option = instance.at("module", name);
  if (option === undefined)
    return (instance.open ?? instance.child("module")?.open) === undefined ? fallback : undefined;
  const value = option.value();
  if (value.type === "string") return value.value;
  return value.type === "null" ? null : undefined;
}

function readRole(own: WrittenRole, { machines, tags }: MachinesAndTags): Role {
  const { name, option, machineNames, tagNames, unsure, hidden, last } = own;
  const open = hidden ?? unsure ?? (tagNames.length > 0 ? (machines.open ?? tags.open) : undefined);
  if (tagNames.length === 0 && last !== undefined && last.role.open === open) return last.role;
  const tagged = tagNames.map((tag) => tags.known.get(tag)?.machines ?? []);
  if (
    last !== undefined &&
    last.role.open === open &&
    tagged.every((one, index) => isSame(one, last.tagged[index] ?? []))
  )
    return last.role;
  const via = new Map<string, string[]>();
  for (const [index, members] of tagged.entries())
    for (const machine of members) via.set(machine, [...(via.get(machine) ?? []), tagNames[index] as string]);
  for (const machine of machineNames) via.set(machine, []);
  const members = sortedNames(via).map(([machine, viaTags]): Member => ({ machine, viaTags }));
  const role = { name, option, machineNames, tagNames, members, open };
  own.last = { role, tagged };
  return role;
}

function mayBeAbsent(option: OptionNode): boolean {
  return option.definitions.every((definition) => definition.conditional);
}

function sortedNames<T>(names: ReadonlyMap<string, T>): [string, T][] {
  return [...names].sort(([a], [b]) => (a < b ? -1 : 1));
}

function sorted(children: ReadonlyMap<string, OptionNode> | undefined): [string, OptionNode][] {
  return sortedNames(children ?? new Map<string, OptionNode>());
}
