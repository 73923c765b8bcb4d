/**
 * A clan's picture as a Mermaid flowchart, which forges draw in a README.
 *
 *   flowchart LR
 *     subgraph n0["mesh (zerotier)"]
 *       n1(["peer"])
 *     end
 *     n2["web"]
 *     n1 --> n2
 */
import type { ClanGraph, GraphNode } from "../../../../shared/graph/graph.ts";
import { numbered } from "./numbered.ts";

const SHAPES = { machine: ["[", "]"], role: ["([", "])"], tag: ["{{", "}}"] } as const;

export function toMermaid(graph: ClanGraph): string {
  const idOf = numbered(graph);
  const node = ({ id, kind, label }: GraphNode): string => {
    const [open, close] = SHAPES[kind];
    return `${idOf(id)}${open}"${escapeLabel(label)}"${close}`;
  };
  return [
    "flowchart LR",
    ...graph.groups.flatMap(({ id, label, roles }) => [
      `  subgraph ${idOf(id)}["${escapeLabel(label)}"]`,
      ...roles.map((role) => `    ${node(role)}`),
      "  end",
    ]),
    ...graph.nodes.map((each) => `  ${node(each)}`),
    ...graph.edges.map(({ from, to }) => `  ${idOf(from)} --> ${idOf(to)}`),
    "",
  ].join("\n");
}

/** Mermaid's own form of character references; markup in a label would be drawn as such. */
function escapeLabel(text: string): string {
  return text.replace(/[^\p{L}\p{N} ()._/@+-]/gu, (character) => `#${character.codePointAt(0)};`);
}
