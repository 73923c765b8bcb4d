/**
 * A clan as a picture. Of many machines, those that are in the same roles by the same tags are drawn as one, which can be opened.
 *
 *   web1 … web80, all by the tag web   ->   role server -> tag web -> web1 … web80 (80 machines)
 */
import {
  type ClanGraph,
  type GraphEdge,
  type GraphNode,
  machineId,
  roleId,
  tagId,
} from "../../shared/graph/graph.ts";
import type { ClanSummary, MachineSummary } from "../../shared/requests.ts";

export interface Picture {
  readonly graph: ClanGraph;
  /** By the id of a node, the machines it stands for, where these are several. */
  readonly bundles: ReadonlyMap<string, readonly string[]>;
}

/** So many machines are drawn one by one. */
const singles = 40;

/** More nodes are not drawn: nobody could read it, and it would take seconds. */
const maximumNodes = 160;

/** `opened`: ids of bundles of which each machine is drawn. */
export function toPicture(clan: ClanSummary, opened: ReadonlySet<string> = new Set()): Picture {
  const { machines, instances } = clan;
  const known = new Set(machines.map(({ name }) => name));
  const tags = new Map<string, Set<string>>();
  const edges: GraphEdge[] = [];
  const direct = new Map<string, string[]>();
  for (const { name, roles } of instances)
    for (const role of roles) {
      const from = roleId(name, role.name);
      const brought = new Set<string>();
      for (const { machine, viaTags } of role.members) {
        if (!known.has(machine)) continue;
        if (viaTags.length === 0) direct.set(machine, [...(direct.get(machine) ?? []), from]);
        for (const tag of viaTags) {
          brought.add(tag);
          tags.set(tag, (tags.get(tag) ?? new Set()).add(machine));
        }
      }
      for (const tag of [...brought].sort()) edges.push({ from, to: tagId(tag) });
    }
  const names = [...tags.keys()].sort();
  const sourcesOf = (machine: string): readonly string[] => [
    ...(direct.get(machine) ?? []),
    ...names.filter((tag) => tags.get(tag)?.has(machine)).map(tagId),
  ];
  const bundles = new Map<string, readonly string[]>();
  const drawn: GraphNode[] = [];
  for (const bundle of bundled(machines, sourcesOf, opened)) {
    const { id, label, members } = bundle;
    if (members.length > 1) bundles.set(id, members);
    drawn.push({ id, kind: "machine", label });
    for (const from of sourcesOf(members[0] ?? "")) edges.push({ from, to: id });
  }
  return {
    bundles,
    graph: {
      groups: instances.map(({ name, service, roles }) => ({
        id: `instance:${name}`,
        label: service === undefined || service === name ? name : `${name} (${service})`,
        roles: roles.map((role) => ({ id: roleId(name, role.name), kind: "role", label: role.name })),
      })),
      nodes: [...names.map((tag): GraphNode => ({ id: tagId(tag), kind: "tag", label: tag })), ...drawn],
      edges,
    },
  };
}

/** Whether it is drawn at all. */
export function canBeDrawn({ graph }: Picture): boolean {
  const roles = graph.groups.reduce((count, group) => count + group.roles.length, 0);
  return roles + graph.nodes.length <= maximumNodes;
}

interface Bundle {
  readonly id: string;
  readonly label: string;
  /** At least one. */
  readonly members: readonly string[];
}

function bundled(
  machines: readonly MachineSummary[],
  sourcesOf: (machine: string) => readonly string[],
  opened: ReadonlySet<string>,
): readonly Bundle[] {
  const single = (name: string): Bundle => ({ id: machineId(name), label: name, members: [name] });
  if (machines.length <= singles) return machines.map(({ name }) => single(name));
  const alike = new Map<string, string[]>();
  for (const { name, class: system } of machines) {
    const key = [system, ...sourcesOf(name)].join("\n");
    alike.set(key, [...(alike.get(key) ?? []), name]);
  }
  return [...alike.values()].flatMap((members) => {
    const [first = "", ...others] = members;
    // The same for as long as its first machine is.
    const id = `machines:${first}`;
    if (others.length === 0 || opened.has(id)) return members.map(single);
    return [{ id, label: `${first} … ${members.at(-1)} (${members.length} machines)`, members }];
  });
}
