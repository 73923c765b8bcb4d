/**
 * A clan's picture for Graphviz.
 *
 *   digraph clan { subgraph cluster_n0 { label="mesh (zerotier)"; n1 [label="peer", shape=oval]; } n1 -> n2; }
 */
import type { ClanGraph, GraphNode } from "../../../../shared/graph/graph.ts";
import { numbered } from "./numbered.ts";

const SHAPES = { machine: "box", role: "oval", tag: "hexagon" } as const;

export function toDot(graph: ClanGraph): string {
  const idOf = numbered(graph);
  const node = ({ id, kind, label }: GraphNode): string =>
    `${idOf(id)} [label=${quote(label)}, shape=${SHAPES[kind]}];`;
  return [
    "digraph clan {",
    "  rankdir=LR;",
    ...graph.groups.flatMap(({ id, label, roles }) => [
      `  subgraph cluster_${idOf(id)} {`,
      `    label=${quote(label)};`,
      ...roles.map((role) => `    ${node(role)}`),
      "  }",
    ]),
    ...graph.nodes.map((each) => `  ${node(each)}`),
    ...graph.edges.map(({ from, to }) => `  ${idOf(from)} -> ${idOf(to)};`),
    "}",
    "",
  ].join("\n");
}

/** Backslashes begin escapes that stand for other text. */
function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replace(/\n/g, " ")}"`;
}
