/**
 * Machines in groups, for those who have many of them. A group is something that can be updated. Pure.
 *
 *   groupsOf(clan, "tag")   ->   [{ name: "backup", machines: ["db"] }, { name: "srv", machines: ["db", "web"] }]
 */
import type { ClanSummary } from "../../../shared/requests.ts";

export type Grouping = "none" | "tag" | "class" | "service";

export interface MachineGroup {
  readonly name: string;
  /** A codicon. */
  readonly icon: string;
  /** In the order of the clan; never empty. */
  readonly machines: readonly string[];
}

/** In order of their names; those that belong to no group come last. A machine may be in several. */
export function groupsOf(clan: ClanSummary, by: Exclude<Grouping, "none">): readonly MachineGroup[] {
  const names = clan.machines.map(({ name }) => name);
  const members = membersOf(clan, by);
  const groups = [...members].map(([name, machines]) => ({
    name,
    icon: icons[by],
    machines: names.filter((machine) => machines.has(machine)),
  }));
  const others = names.filter((machine) => ![...members.values()].some((machines) => machines.has(machine)));
  return [
    ...groups
      .filter(({ machines }) => machines.length > 0)
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    ...(others.length === 0 ? [] : [{ name: `No ${by}`, icon: "dash", machines: others }]),
  ];
}

const icons = { tag: "tag", class: "server-environment", service: "package" } as const;
const classes = { nixos: "NixOS", darwin: "macOS" } as const;

function membersOf(
  { machines, instances }: ClanSummary,
  by: Exclude<Grouping, "none">,
): ReadonlyMap<string, ReadonlySet<string>> {
  const members = new Map<string, Set<string>>();
  const add = (group: string, machine: string) =>
    members.set(group, (members.get(group) ?? new Set()).add(machine));
  if (by === "service") {
    for (const { service, roles } of instances)
      for (const role of roles)
        for (const { machine } of role.members) if (service !== undefined) add(service, machine);
    return members;
  }
  for (const { name, tags, class: system } of machines) {
    // Every machine has the tag `all`.
    const groups = by === "class" ? [classes[system]] : tags.filter((tag) => tag !== "all");
    for (const group of groups) add(group, name);
  }
  return members;
}
