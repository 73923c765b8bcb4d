/**
 * The view "Machines": each machine, the roles it has, and its vars.
 *
 *   web  root@web
 *     zerotier / peer  via tag all
 *     Vars
 */
import type { ClanSummary, MachineSummary } from "../../../shared/requests.ts";
import { entriesByClan, machineIcons, type TreeEntry, unknownEntry, viaTags } from "./entry.ts";

/** Machines and roles in order of their names. */
export function machineTree(clans: readonly ClanSummary[]): readonly TreeEntry[] {
  return entriesByClan(clans, (clan) => [
    ...clan.machines.map((machine) => machineEntry(clan, machine)),
    ...unknownEntry("machines", clan.open, clan.root),
  ]);
}

function machineEntry(clan: ClanSummary, machine: MachineSummary): TreeEntry {
  const { name, class: system, targetHost, place } = machine;
  const id = `${clan.root}/machine:${name}`;
  const roles = roleEntries(clan, name, id);
  const target = { root: clan.root, machines: [name] };
  return {
    kind: "machine",
    id,
    label: name,
    description: targetHost,
    tooltip: tooltipOf(
      machine,
      roles.map(({ label }) => label),
    ),
    icon: machineIcons[system],
    place,
    target,
    children: [
      ...roles,
      {
        kind: "vars",
        id: `${id}/vars`,
        label: "Vars",
        icon: "key",
        target,
        varsOf: { root: clan.root, machine: name },
      },
    ],
  };
}

function roleEntries(clan: ClanSummary, machine: string, parent: string): TreeEntry[] {
  return clan.instances.flatMap((instance) =>
    instance.roles.flatMap((role): TreeEntry[] => {
      const member = role.members.find((one) => one.machine === machine);
      if (member === undefined) return [];
      const label = `${instance.name} / ${role.name}`;
      const description = viaTags(member.viaTags);
      return [
        {
          kind: "role",
          id: `${parent}/role:${label}`,
          label,
          name: role.name,
          description,
          icon: "symbol-interface",
          place: role.place,
        },
      ];
    }),
  );
}

/** A part of which nothing is known is left out. */
function tooltipOf(machine: MachineSummary, roles: readonly string[]): string {
  return [
    `${machine.name} (${machine.class})`,
    machine.targetHost && `Host: ${machine.targetHost}`,
    machine.tags.length > 0 && `Tags: ${machine.tags.join(", ")}`,
    roles.length > 0 && `Roles: ${roles.join(", ")}`,
  ]
    .filter((line) => typeof line === "string")
    .join("\n");
}
