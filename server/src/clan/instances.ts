/**
 * The instances of a clan: which service each one is of, and which machines are in which role.
 *
 *   instances.backup = { module.name = "borgbackup"; roles.client.tags = [ "all" ]; }
 *   ->  backup: borgbackup, client { db via all, web via all }
 */
import type { OptionNode } from "../modules/option-node.ts";
import { findOpen, originsOf, unknownPart } from "./definitions.ts";
import type { MachinesAndTags } from "./machines.ts";
import type { Instance, Member, NameSet, Role } from "./model.ts";
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

function readInstance(
  name: string,
  option: OptionNode,
  machines: MachinesAndTags,
  services: ServiceFinder,
): Instance {
  // A name that is null is a type error; which service is meant is not known then.
  const module = {
    name: readModule(option, "name", name) ?? undefined,
    input: readModule(option, "input", null),
  };
  const roles = new Map<string, Role>();
  for (const [role, node] of sorted(option.child("roles")?.children()))
    roles.set(role, readRole(role, node, machines));
  return { name, option, module, service: services.find(module.name, module.input), roles };
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

function readRole(name: string, option: OptionNode, { machines, tags }: MachinesAndTags): Role {
  const named = sorted(option.child("machines")?.children());
  // In a list of tags, an element that is no string has its index for a name.
  const tagged = sorted(option.child("tags")?.children()).filter(([, tag]) => tag.type?.kind === "submodule");
  const via = new Map<string, string[]>();
  for (const [tag] of tagged)
    for (const machine of tags.known.get(tag)?.machines ?? [])
      via.set(machine, [...(via.get(machine) ?? []), tag]);
  for (const [machine] of named) via.set(machine, []);
  const unsure = [["", option] as const, ...named, ...tagged].find(([, part]) => mayBeAbsent(part))?.[1];
  const hidden = option.open ?? option.child("machines")?.open ?? option.child("tags")?.open;
  return {
    name,
    option,
    machineNames: named.map(([machine]) => machine),
    tagNames: tagged.map(([tag]) => tag),
    members: sortedNames(via).map(([machine, viaTags]): Member => ({ machine, viaTags })),
    open:
      (hidden && unknownPart(option.path, hidden, option)) ??
      (unsure && { path: unsure.path.join("."), reason: "it may not apply", node: originsOf(unsure)[0] }) ??
      (tagged.length > 0 ? (machines.open ?? tags.open) : undefined),
  };
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
