/**
 * What the parts of a picture stand for: where they lead, and what is said of them.
 *
 *   thingsOf(clan).get("role:vpn:peer")   ->   { label: "Role peer of vpn, 2 machines", place: … }
 */
import { machineId, roleId, tagId } from "../../shared/graph/graph.ts";
import type { ClanSummary, PlaceArgument, ThingAtSummary } from "../../shared/requests.ts";

export interface Thing {
  /** A sentence for a screen reader, and the heading of what is said. */
  readonly label: string;
  readonly lines: readonly string[];
  readonly place: PlaceArgument | undefined;
}

/** By the ids of nodes and groups. */
export function thingsOf(clan: ClanSummary): ReadonlyMap<string, Thing> {
  const things = new Map<string, Thing>();
  for (const { name, class: system, tags, targetHost, place } of clan.machines)
    things.set(machineId(name), {
      label: `Machine ${name}`,
      lines: [
        system === "nixos" ? "NixOS" : "macOS",
        ...(tags.length === 0 ? [] : [`Tags: ${tags.join(", ")}`]),
        ...(targetHost === undefined ? [] : [`Host: ${targetHost}`]),
        ...rolesOf(clan, name).map(({ instance, role, via }) => `${instance} / ${role}${via}`),
      ],
      place,
    });
  for (const { name, machines } of clan.tags)
    things.set(tagId(name), { label: `Tag ${name}`, lines: [counted(machines)], place: undefined });
  for (const { name, service, input, place, roles } of clan.instances) {
    const from = input === undefined ? "" : ` of ${input}`;
    things.set(`instance:${name}`, {
      label: `Instance ${name}`,
      lines: service === undefined ? [] : [`Service ${service}${from}`],
      place,
    });
    for (const role of roles)
      things.set(roleId(name, role.name), {
        label: `Role ${role.name} of ${name}`,
        lines: [counted(role.members.map(({ machine }) => machine))],
        place: role.place,
      });
  }
  return things;
}

/** The roles a machine has, with how it came into each: " via tag all". */
function rolesOf({ instances }: ClanSummary, machine: string) {
  return instances.flatMap(({ name, roles }) =>
    roles.flatMap((role) => {
      const member = role.members.find((one) => one.machine === machine);
      if (member === undefined) return [];
      const [tag, ...others] = member.viaTags;
      const via =
        tag === undefined ? "" : ` via ${others.length === 0 ? "tag" : "tags"} ${member.viaTags.join(", ")}`;
      return [{ instance: name, role: role.name, via, place: role.place }];
    }),
  );
}

/** The id of what the cursor of an editor is in. */
export function idOf({ kind, name, instance = "" }: ThingAtSummary): string {
  if (kind === "role") return roleId(instance, name);
  return kind === "machine" ? machineId(name) : `instance:${name}`;
}

const named = 12;

function counted(machines: readonly string[]): string {
  const more = machines.length > named ? ` and ${machines.length - named} more` : "";
  const count = machines.length === 1 ? "1 machine" : `${machines.length} machines`;
  return machines.length === 0 ? "no machines" : `${count}: ${machines.slice(0, named).join(", ")}${more}`;
}
