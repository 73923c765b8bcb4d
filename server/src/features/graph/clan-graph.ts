/**
 * A clan as a picture: instances with their roles, the tags that fill these, and machines.
 *
 *   instances.mesh.roles.peer.tags = [ "all" ];
 *   ->  role peer of mesh -> tag all -> machines db, web
 */
import type { Clan, Instance } from "../../clan/model.ts";

export interface ClanGraph {
  /** Sorted by name, with their roles. */
  readonly groups: readonly GraphGroup[];
  /** Tags that fill roles, then machines; sorted by name. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** An instance, as "mesh (zerotier)". */
export interface GraphGroup {
  readonly id: string;
  readonly label: string;
  readonly roles: readonly GraphNode[];
}

export interface GraphNode {
  readonly id: string;
  readonly kind: "machine" | "role" | "tag";
  readonly label: string;
}

/** Ids of nodes. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

/** Ids are the same for the same names. A role that nothing is in is there without an edge. */
export function toGraph(clan: Clan): ClanGraph {
  const instances = [...clan.instances.known.values()];
  const tags = new Set(
    instances.flatMap(({ roles }) => [...roles.values()].flatMap(({ tagNames }) => tagNames)),
  );
  const known = [...tags].filter((tag) => clan.tags.known.has(tag)).sort();
  return {
    groups: instances.map(toGroup),
    nodes: [
      ...known.map((tag): GraphNode => ({ id: tagId(tag), kind: "tag", label: tag })),
      ...[...clan.machines.known.keys()].map(
        (machine): GraphNode => ({ id: machineId(machine), kind: "machine", label: machine }),
      ),
    ],
    edges: [
      ...instances.flatMap((instance) => roleEdges(instance, clan)),
      ...known.flatMap((tag) =>
        (clan.tags.known.get(tag)?.machines ?? [])
          .filter((machine) => clan.machines.known.has(machine))
          .map((machine) => ({ from: tagId(tag), to: machineId(machine) })),
      ),
    ],
  };
}

function toGroup({ name, module, service, roles }: Instance): GraphGroup {
  const of = service.kind === "known" ? service.service.name : (module.name ?? name);
  return {
    id: `instance:${name}`,
    label: of === name ? name : `${name} (${of})`,
    roles: [...roles.keys()].map((role) => ({ id: roleId(name, role), kind: "role", label: role })),
  };
}

function roleEdges({ name, roles }: Instance, clan: Clan): GraphEdge[] {
  return [...roles.values()].flatMap((role) => {
    const targets = [
      ...role.tagNames.filter((tag) => clan.tags.known.has(tag)).map(tagId),
      ...role.machineNames.filter((machine) => clan.machines.known.has(machine)).map(machineId),
    ];
    return [...new Set(targets)].sort().map((to) => ({ from: roleId(name, role.name), to }));
  });
}

function machineId(name: string): string {
  return `machine:${name}`;
}
function tagId(name: string): string {
  return `tag:${name}`;
}
function roleId(instance: string, role: string): string {
  return `role:${instance}:${role}`;
}
