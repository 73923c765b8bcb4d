/**
 * The view "Services": each instance of a service, its roles, and who is in them.
 *
 *   mesh  zerotier · clan-core
 *     peer  2 machines
 *       db  via tag all
 */
import type { ClanSummary, InstanceSummary, RoleSummary } from "../../../shared/requests.ts";
import { entriesByClan, machineIcons, type TreeEntry, unknownEntry, viaTags } from "./entry.ts";

/** Instances, roles and machines in order of their names. */
export function serviceTree(clans: readonly ClanSummary[]): readonly TreeEntry[] {
  return entriesByClan(clans, (clan) => [
    ...clan.instances.map((instance) => instanceEntry(clan, instance)),
    ...unknownEntry("instances", clan.instancesOpen, `${clan.root}/instances`),
  ]);
}

function instanceEntry(
  clan: ClanSummary,
  { name, service, input, place, roles }: InstanceSummary,
): TreeEntry {
  const id = `${clan.root}/instance:${name}`;
  const thing = { root: clan.root, kind: "instance", name } as const;
  return {
    kind: "instance",
    id,
    label: name,
    description: [service, input].filter((part) => part !== undefined).join(" · ") || undefined,
    tooltip: [`Instance ${name}`, service && `Service: ${service}`, input && `Input: ${input}`]
      .filter((line) => line !== undefined && line !== "")
      .join("\n"),
    icon: "package",
    place,
    of: thing,
    thing,
    children: roles.map((role) => roleEntry(clan, name, role, id)),
  };
}

function roleEntry(
  clan: ClanSummary,
  instance: string,
  { name, place, members, open }: RoleSummary,
  parent: string,
): TreeEntry {
  const id = `${parent}/role:${name}`;
  const thing = { root: clan.root, kind: "role", name, instance } as const;
  const atLeast = open === undefined ? "" : "at least ";
  return {
    kind: "role",
    id,
    label: name,
    description: `${atLeast}${members.length === 1 ? "1 machine" : `${members.length} machines`}`,
    icon: "symbol-interface",
    place,
    of: thing,
    thing,
    children: [
      ...members.map(({ machine, viaTags: tags }) => memberEntry(clan, machine, tags, id)),
      ...unknownEntry("machines", open, id),
    ],
  };
}

/** A machine that is named and does not exist has no icon of a machine, and no commands. */
function memberEntry(clan: ClanSummary, name: string, tags: readonly string[], parent: string): TreeEntry {
  const machine = clan.machines.find((one) => one.name === name);
  const entry = { id: `${parent}/machine:${name}`, label: name, description: viaTags(tags) };
  if (machine === undefined) return { ...entry, kind: "none", icon: "question" };
  return {
    ...entry,
    kind: "machine",
    icon: machineIcons[machine.class],
    place: machine.place,
    target: { root: clan.root, machines: [name] },
  };
}
