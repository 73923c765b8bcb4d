/**
 * The view "Machines": each machine, the roles it has, and its vars.
 *
 *   web  update … · root@web
 *     zerotier / peer  via tag all
 *     Vars
 */
import type { ClanSummary, MachineSummary } from "../../../shared/requests.ts";
import type { RunNote, RunState } from "../runs/run.ts";
import { entriesByClan, machineIcons, type TreeEntry, unknownEntry, viaTags } from "./entry.ts";
import { type Grouping, groupsOf, type MachineGroup } from "./machine-groups.ts";

/** What is said of the last command of clan that was for a machine. */
export type NoteOn = (root: string, machine: string) => RunNote | undefined;

export interface MachineTreeOptions {
  readonly noteOn?: NoteOn;
  /** Rows above the machines of a clan. */
  readonly sectionsOf?: (clan: ClanSummary) => readonly TreeEntry[];
  readonly groupBy?: Grouping;
}

/** Machines and roles in order of their names. */
export function machineTree(
  clans: readonly ClanSummary[],
  { noteOn = () => undefined, sectionsOf = () => [], groupBy = "none" }: MachineTreeOptions = {},
): readonly TreeEntry[] {
  return entriesByClan(clans, (clan) => {
    const machines = (names: readonly string[] | undefined, parent: string) =>
      clan.machines
        .filter(({ name }) => names === undefined || names.includes(name))
        .map((machine) => machineEntry(clan, machine, noteOn(clan.root, machine.name), parent));
    const rows =
      groupBy === "none"
        ? machines(undefined, clan.root)
        : groupsOf(clan, groupBy).map((group) => groupEntry(clan, group, machines));
    return [...sectionsOf(clan), ...rows, ...unknownEntry("machines", clan.open, clan.root)];
  });
}

function groupEntry(
  { root }: ClanSummary,
  { name, icon, machines }: MachineGroup,
  entriesOf: (names: readonly string[], parent: string) => readonly TreeEntry[],
): TreeEntry {
  const id = `${root}/group:${name}`;
  return {
    kind: "group",
    id,
    label: name,
    description: machines.length === 1 ? "1 machine" : `${machines.length} machines`,
    tooltip: machines.join(", "),
    icon,
    target: { root, machines },
    children: entriesOf(machines, id),
  };
}

function machineEntry(
  clan: ClanSummary,
  machine: MachineSummary,
  run: RunNote | undefined,
  parent: string,
): TreeEntry {
  const { name, class: system, targetHost, place } = machine;
  const id = `${parent}/machine:${name}`;
  const roles = roleEntries(clan, name, id);
  const target = { root: clan.root, machines: [name] };
  return {
    kind: "machine",
    id,
    label: name,
    description: [run?.says, targetHost].filter((part) => part !== undefined).join(" · ") || undefined,
    tooltip: tooltipOf(
      machine,
      roles.map(({ label }) => label),
      run,
    ),
    icon: (run && runIcons[run.state]) ?? machineIcons[system],
    run,
    place,
    target,
    of: { root: clan.root, kind: "machine", name },
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
          thing: { root: clan.root, kind: "role", name: role.name, instance: instance.name },
        },
      ];
    }),
  );
}

const runIcons: Partial<Record<RunState, string>> = { running: "sync~spin", failed: "error" };

/** A part of which nothing is known is left out. */
function tooltipOf(machine: MachineSummary, roles: readonly string[], run: RunNote | undefined): string {
  return [
    `${machine.name} (${machine.class})`,
    machine.targetHost && `Host: ${machine.targetHost}`,
    machine.tags.length > 0 && `Tags: ${machine.tags.join(", ")}`,
    roles.length > 0 && `Roles: ${roles.join(", ")}`,
    run && [run.says, run.error].filter((part) => part !== undefined).join(": "),
  ]
    .filter((line) => typeof line === "string")
    .join("\n");
}
