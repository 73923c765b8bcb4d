/** A clan as a picture: instances with their roles, the tags that fill these, and machines. Plain data. */

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

/** Ids are the same for the same names. */
export function machineId(name: string): string {
  return `machine:${name}`;
}
export function tagId(name: string): string {
  return `tag:${name}`;
}
export function roleId(instance: string, role: string): string {
  return `role:${instance}:${role}`;
}
