/**
 * A clan's picture as SVG, laid out from left to right. It has no scripts and names nothing outside of itself, and its
 * colours follow the theme of whoever shows it.
 */
import type { ClanGraph, GraphGroup, GraphNode } from "../../../../shared/graph/graph.ts";
import { type Box, edgePath, placeGraph, round } from "../../../../shared/graph/place-graph.ts";

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: currentColor; text-anchor: middle; dominant-baseline: central; }
  rect, path, polygon { fill: none; stroke: currentColor; }
  .group { stroke-dasharray: 3 3; opacity: 0.6; }
  .group-label { text-anchor: start; font-weight: bold; }
  .edge { opacity: 0.4; }
`;

export function toSvg(graph: ClanGraph): string {
  const placed = placeGraph(graph);
  const { width, height } = placed;
  const nodes = [...graph.groups.flatMap(({ roles }) => roles), ...graph.nodes];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    "<title>Machines and service instances of the clan</title>",
    `<style>${STYLE}</style>`,
    ...graph.groups.map((group) => drawGroup(group, placed.boxOf(group.id))),
    ...graph.edges.map(({ from, to }) => drawEdge(placed.boxOf(from), placed.boxOf(to))),
    ...nodes.map((node) => drawNode(node, placed.boxOf(node.id))),
    "</svg>",
    "",
  ].join("\n");
}

function drawGroup({ label }: GraphGroup, { x, y, width, height }: Box): string {
  const [left, top] = [x - width / 2, y - height / 2];
  return [
    `<rect class="group" x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="6"/>`,
    `<text class="group-label" x="${round(left)}" y="${round(top - 8)}">${escapeText(label)}</text>`,
  ].join("");
}

function drawNode({ kind, label }: GraphNode, { x, y, width, height }: Box): string {
  const radius = { machine: 2, role: height / 2, tag: 8 }[kind];
  const box = `<rect class="${kind}" x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${round(height)}" rx="${radius}"/>`;
  const text = kind === "tag" ? `tag ${label}` : label;
  return `<g>${box}<text x="${round(x)}" y="${round(y)}">${escapeText(text)}</text></g>`;
}

function drawEdge(from: Box, to: Box): string {
  return `<path class="edge" d="${edgePath(from, to)}"/>`;
}

function escapeText(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
