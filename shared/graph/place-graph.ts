/** Where each part of a picture is drawn, from left to right. */
import { Graph, layout } from "@dagrejs/dagre";
import type { ClanGraph } from "./graph.ts";

/** In pixels, around its middle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Text is measured by its number of characters, as no font is at hand. */
const CHARACTER = 8;
const HEIGHT = 30;
const MARGIN = 16;

export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly boxOf: (id: string) => Box;
}

export function placeGraph({ groups, nodes, edges }: ClanGraph): Placed {
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

/** From the right side of one to the left side of the other, as SVG draws it. */
export function edgePath(from: Box, to: Box): string {
  const [x1, x2] = [from.x + from.width / 2, to.x - to.width / 2];
  const middle = (x1 + x2) / 2;
  return `M${round(x1)},${round(from.y)} C${round(middle)},${round(from.y)} ${round(middle)},${round(to.y)} ${round(x2)},${round(to.y)}`;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
