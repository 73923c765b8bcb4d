/** The picture as SVG: drawn from left to right, walked with arrow keys, with what belongs to the chosen part standing out. */
import type { GraphNode } from "../../shared/graph/graph.ts";
import { type Box, edgePath, type Placed, placeGraph } from "../../shared/graph/place-graph.ts";
import { svg } from "./elements.ts";
import type { Picture } from "./picture.ts";
import type { Thing } from "./things.ts";

export interface PictureActions {
  /** The person is at this part. */
  look(id: string): void;
  /** The person chose it. */
  choose(id: string): void;
}

export interface PictureView {
  readonly element: SVGSVGElement;
  /** In pixels, before it is zoomed. */
  readonly size: { readonly width: number; readonly height: number };
  /** Makes the part stand out, and brings it into view. False where it is not drawn. */
  select(id: string): boolean;
}

export function drawPicture(
  { graph, bundles }: Picture,
  things: ReadonlyMap<string, Thing>,
  actions: PictureActions,
): PictureView {
  const placed = placeGraph(graph);
  const { width, height } = placed;
  const element = svg("svg", {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "group",
    "aria-label": "Picture of the clan. Arrow keys go from part to part, Enter goes to where it is written.",
  });
  const nodes = new Map<string, SVGGElement>();
  const addNode = (id: string, part: SVGGElement) => {
    nodes.set(id, part);
    part.dataset["id"] = id;
    part.setAttribute("tabindex", "-1");
    part.setAttribute("role", "button");
    return part;
  };
  const groups = graph.groups.map(({ id, label }) => {
    const part = drawGroup(label, placed.boxOf(id));
    part.setAttribute("aria-label", describe(things.get(id), label));
    return addNode(id, part);
  });
  const edges = graph.edges.map(({ from, to }) => {
    const path = svg("path", { class: "edge", d: edgePath(placed.boxOf(from), placed.boxOf(to)) });
    return { from, to, path };
  });
  const parts = [...graph.groups.flatMap(({ roles }) => roles), ...graph.nodes].map((node) => {
    const bundle = bundles.get(node.id);
    const part = drawNode(node, placed.boxOf(node.id), bundle !== undefined);
    const says =
      bundle === undefined
        ? undefined
        : `${node.label}. Enter opens them: ${bundle.slice(0, 5).join(", ")} …`;
    part.setAttribute("aria-label", says ?? describe(things.get(node.id), node.label));
    return addNode(node.id, part);
  });
  element.append(...groups, ...edges.map(({ path }) => path), ...parts);

  let selected: string | undefined;
  const select = (id: string): boolean => {
    const part = nodes.get(id);
    if (part === undefined) return false;
    for (const one of nodes.values()) one.setAttribute("tabindex", "-1");
    part.setAttribute("tabindex", "0");
    selected = id;
    part.scrollIntoView({ block: "nearest", inline: "nearest" });
    standOut(id);
    return true;
  };
  const standOut = (id: string | undefined) => {
    const near = id === undefined ? undefined : collectNear(id, edges);
    element.classList.toggle("chosen", near !== undefined);
    for (const [one, part] of nodes) part.classList.toggle("near", near?.has(one) === true);
    for (const { from, to, path } of edges)
      path.classList.toggle("near", near?.has(from) === true && near.has(to));
    for (const [one, part] of nodes) part.classList.toggle("selected", one === id);
  };
  const idAt = (target: EventTarget | null): string | undefined =>
    target instanceof Element ? target.closest<SVGGElement>("g[data-id]")?.dataset["id"] : undefined;

  element.addEventListener("pointerover", (event) => {
    const id = idAt(event.target);
    standOut(id ?? selected);
    if (id !== undefined) actions.look(id);
  });
  element.addEventListener("focusin", (event) => {
    const id = idAt(event.target);
    if (id === undefined || !select(id)) return;
    actions.look(id);
  });
  element.addEventListener("click", (event) => {
    const id = idAt(event.target);
    if (id === undefined) {
      selected = undefined;
      standOut(undefined);
      return;
    }
    nodes.get(id)?.focus();
    actions.choose(id);
  });
  element.addEventListener("keydown", (event) => {
    const id = idAt(event.target);
    if (id === undefined) return;
    if (event.key === "Enter" || event.key === " ") actions.choose(id);
    else if (!(event.key in directions)) return;
    else {
      const next = nextIn(event.key as Direction, id, nodes.keys(), placed);
      if (next !== undefined) nodes.get(next)?.focus();
    }
    event.preventDefault();
  });
  // One of them takes the focus that comes by Tab.
  const [first] = nodes.values();
  first?.setAttribute("tabindex", "0");
  return { element, size: { width, height }, select };
}

function drawGroup(label: string, box: Box): SVGGElement {
  const { left, top } = corner(box);
  return svg(
    "g",
    { class: "group" },
    svg("rect", { x: left, y: top, width: box.width, height: box.height, rx: 6 }),
    svg("text", { class: "group-label", x: left, y: top - 8 }, label),
  );
}

function drawNode({ kind, label }: GraphNode, box: Box, isBundle: boolean): SVGGElement {
  const { left, top } = corner(box);
  const rx = { machine: 2, role: box.height / 2, tag: 8 }[kind];
  return svg(
    "g",
    { class: isBundle ? `node ${kind} bundle` : `node ${kind}` },
    svg("rect", { x: left, y: top, width: box.width, height: box.height, rx }),
    svg("text", { x: box.x, y: box.y }, kind === "tag" ? `tag ${label}` : label),
  );
}

function corner({ x, y, width, height }: Box) {
  return { left: x - width / 2, top: y - height / 2 };
}

function describe(thing: Thing | undefined, label: string): string {
  return thing === undefined ? label : [thing.label, ...thing.lines].join(". ");
}

/** It, what leads to it and what it leads to. */
function collectNear(
  id: string,
  edges: readonly { readonly from: string; readonly to: string }[],
): ReadonlySet<string> {
  // Of an instance, its roles.
  const roles = id.startsWith("instance:") ? `role:${id.slice("instance:".length)}:` : undefined;
  const starts = new Set([
    id,
    ...(roles === undefined ? [] : edges.flatMap(({ from }) => (from.startsWith(roles) ? from : []))),
  ]);
  const forward = reached(starts, (one) => edges.filter(({ from }) => from === one).map(({ to }) => to));
  const back = reached(starts, (one) => edges.filter(({ to }) => to === one).map(({ from }) => from));
  return new Set([...forward, ...back]);
}

function reached(starts: ReadonlySet<string>, next: (id: string) => readonly string[]): Set<string> {
  const found = new Set(starts);
  for (const id of found) for (const one of next(id)) found.add(one);
  return found;
}

const directions = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
} as const;

type Direction = keyof typeof directions;

/** The nearest that lies in the direction; sideways counts three times. */
function nextIn(
  direction: Direction,
  from: string,
  ids: Iterable<string>,
  { boxOf }: Placed,
): string | undefined {
  const [dx, dy] = directions[direction];
  const at = boxOf(from);
  let best: { readonly id: string; readonly cost: number } | undefined;
  for (const id of ids) {
    const box = boxOf(id);
    const [x, y] = [box.x - at.x, box.y - at.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    const cost = along + 3 * aside;
    if (id !== from && along > 0 && (best === undefined || cost < best.cost)) best = { id, cost };
  }
  return best?.id;
}
