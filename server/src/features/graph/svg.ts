/**
 * A clan's picture as SVG, laid out from left to right. It has no scripts and names nothing outside of itself, and its
 * colours follow the theme of whoever shows it.
 */
import { Graph, layout } from "@dagrejs/dagre";
import type { ClanGraph, GraphGroup, GraphNode } from "./clan-graph.ts";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** In pixels; text is measured by its number of characters, as no font is at hand. */
const CHARACTER = 8;
const HEIGHT = 30;
const MARGIN = 16;

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: currentColor; text-anchor: middle; dominant-baseline: central; }
  rect, path, polygon { fill: none; stroke: currentColor; }
  .group { stroke-dasharray: 3 3; opacity: 0.6; }
  .group-label { text-anchor: start; font-weight: bold; }
  .edge { opacity: 0.4; }
`;

export function toSvg(graph: ClanGraph): string {
  const placed = place(graph);
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

interface Placed {
  readonly width: number;
  readonly height: number;
  readonly boxOf: (id: string) => Box;
}

function place({ groups, nodes, edges }: ClanGraph): Placed {
  const drawing = new Graph({ compound: true });
  drawing.setGraph({ rankdir: "LR", nodesep: 12, ranksep: 90, marginx: MARGIN, marginy: MARGIN + HEIGHT });
  drawing.setDefaultEdgeLabel(() => ({}));
  const add = ({ id, label }: { readonly id: string; readonly label: string }): void => {
    drawing.setNode(id, { width: (label.length + 4) * CHARACTER, height: HEIGHT });
  };
  for (const group of groups) {
    drawing.setNode(group.id, {});
    for (const role of group.roles) {
      add(role);
      drawing.setParent(role.id, group.id);
    }
    // A group needs something in it to have a place.
    if (group.roles.length === 0) add(group);
  }
  nodes.forEach(add);
  for (const { from, to } of edges) drawing.setEdge(from, to);
  layout(drawing);
  const { width = 0, height = 0 } = drawing.graph();
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxOf: (id) => {
      const { x, y, width: w, height: h } = drawing.node(id);
      return { x, y, width: w, height: h };
    },
  };
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

/** From the right side of one to the left side of the other. */
function drawEdge(from: Box, to: Box): string {
  const [x1, x2] = [from.x + from.width / 2, to.x - to.width / 2];
  const middle = (x1 + x2) / 2;
  return `<path class="edge" d="M${round(x1)},${round(from.y)} C${round(middle)},${round(from.y)} ${round(middle)},${round(to.y)} ${round(x2)},${round(to.y)}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeText(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
