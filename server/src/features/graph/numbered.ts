/** Short names for the nodes of a picture, in formats that allow letters and digits only. */
import type { ClanGraph } from "../../../../shared/graph/graph.ts";

/** "n0", "n1", … in the order they are drawn. */
export function numbered({ groups, nodes }: ClanGraph): (id: string) => string {
  const ids = [
    ...groups.flatMap(({ id, roles }) => [id, ...roles.map((role) => role.id)]),
    ...nodes.map(({ id }) => id),
  ];
  const names = new Map(ids.map((id, index) => [id, `n${index}`]));
  return (id) => names.get(id) ?? id;
}
