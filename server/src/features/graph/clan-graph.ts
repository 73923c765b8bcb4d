/**
 * A clan as a picture: instances with their roles, the tags that fill these, and machines.
 *
 *   instances.mesh.roles.peer.tags = [ "all" ];
 *   ->  role peer of mesh -> tag all -> machines db, web
 */
import {
  type ClanGraph,
  type GraphEdge,
  type GraphGroup,
  type GraphNode,
  machineId,
  roleId,
  tagId,
} from "../../../../shared/graph/graph.ts";
import type { Clan, Instance } from "../../clan/model.ts";

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
