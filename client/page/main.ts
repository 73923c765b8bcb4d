/** The page of the topology: a picture or a table of a clan, narrowed by what the person types and chooses. */
import type { ClanSummary } from "../../shared/requests.ts";
import type { FromPage, ToPage } from "../../shared/topology.ts";
import { html } from "./elements.ts";
import { toPng, toSvgText } from "./export-picture.ts";
import { everything, type Filter, narrow } from "./narrow.ts";
import { canBeDrawn, toPicture } from "./picture.ts";
import { drawPicture, type PictureView } from "./picture-view.ts";
import { drawTable } from "./table-view.ts";
import { idOf, type Thing, thingsOf } from "./things.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): State | undefined;
  setState(state: State): void;
};

/** Kept while the page is hidden. */
interface State {
  readonly filter: Filter;
  readonly mode: "picture" | "table";
  /** URI of the clan's folder. */
  readonly root: string | undefined;
  readonly zoom: number;
}

const host = acquireVsCodeApi();
const byId = <E extends HTMLElement>(id: string): E => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page lacks ${id}`);
  return element as E;
};
const view = byId("view");
const details = byId("details");
const status = byId("status");
const text = byId<HTMLInputElement>("text");
const tag = byId<HTMLSelectElement>("tag");
const service = byId<HTMLSelectElement>("service");
const clanChoice = byId<HTMLSelectElement>("clan");
const picture = byId<HTMLButtonElement>("picture");
const table = byId<HTMLButtonElement>("table");

let state: State = host.getState() ?? { filter: everything, mode: "picture", root: undefined, zoom: 1 };
let clans: readonly ClanSummary[] = [];
let things: ReadonlyMap<string, Thing> = new Map();
let drawn: PictureView | undefined;
let selectIn: (id: string) => boolean = () => false;
const opened = new Set<string>();
/** What is looked at, of which the host may still say more. */
let looked = "";

function change(changes: Partial<State>): void {
  state = { ...state, ...changes };
  host.setState(state);
  draw();
}

function draw(): void {
  const clan = clans.find(({ root }) => root === state.root) ?? clans[0];
  for (const [button, mode] of [
    [picture, "picture"],
    [table, "table"],
  ] as const)
    button.setAttribute("aria-pressed", String(state.mode === mode));
  drawn = undefined;
  selectIn = () => false;
  if (clan === undefined) {
    view.replaceChildren(html("p", {}, "There is no clan in this workspace."));
    status.textContent = "";
    return;
  }
  fillChoices(clan);
  things = thingsOf(clan);
  const shown = narrow(clan, state.filter);
  status.textContent = `${shown.machines.length} of ${clan.machines.length} machines, ${shown.instances.length} of ${clan.instances.length} instances`;
  if (shown.machines.length === 0 && shown.instances.length === 0)
    view.replaceChildren(html("p", {}, "Nothing matches the filter."));
  else if (state.mode === "table") showTable(shown);
  else showPicture(shown);
}

function showTable(clan: ClanSummary, ...before: readonly Node[]): void {
  const { element, select } = drawTable(clan, { look, choose });
  selectIn = select;
  view.replaceChildren(...before, element);
}

function showPicture(clan: ClanSummary): void {
  const made = toPicture(clan, opened);
  if (!canBeDrawn(made)) {
    const why =
      "These are too many different machines for a picture. Filter by a name, tag or service to see one.";
    showTable(clan, html("p", { role: "note" }, why));
    return;
  }
  drawn = drawPicture(made, things, {
    look,
    choose(id) {
      if (!made.bundles.has(id)) return choose(id);
      opened.add(id);
      draw();
    },
  });
  selectIn = drawn.select;
  view.replaceChildren(drawn.element);
  zoomTo(state.zoom);
}

function zoomTo(zoom: number): void {
  state = { ...state, zoom: Math.min(4, Math.max(0.1, zoom)) };
  host.setState(state);
  if (drawn === undefined) return;
  drawn.element.setAttribute("width", String(drawn.size.width * state.zoom));
  drawn.element.setAttribute("height", String(drawn.size.height * state.zoom));
}

function fillChoices(clan: ClanSummary): void {
  const services = clan.instances.flatMap((instance) => instance.service ?? []);
  fill(
    tag,
    "All tags",
    clan.tags.map(({ name }) => name),
    state.filter.tag,
  );
  fill(service, "All services", [...new Set(services)].sort(), state.filter.service);
  text.value = state.filter.text;
  clanChoice.hidden = clans.length < 2;
  clanChoice.replaceChildren(
    ...clans.map(({ root, name }) => html("option", { value: root }, name ?? decodeURIComponent(root))),
  );
  clanChoice.value = clan.root;
}

function fill(choice: HTMLSelectElement, all: string, names: readonly string[], value: string): void {
  choice.replaceChildren(
    html("option", { value: "" }, all),
    ...names.map((name) => html("option", { value: name }, name)),
  );
  choice.value = names.includes(value) ? value : "";
}

/** What is said beside the picture; what hovering in the editor says comes when the host knows it. */
function look(id: string): void {
  const thing = things.get(id);
  if (thing === undefined || looked === id) return;
  looked = id;
  details.replaceChildren(html("h2", {}, thing.label), ...thing.lines.map((line) => html("p", {}, line)));
  if (thing.place !== undefined) host.postMessage({ kind: "describe", of: id, place: thing.place });
}

function choose(id: string): void {
  const place = things.get(id)?.place;
  if (place !== undefined) host.postMessage({ kind: "open", place });
}

async function save(format: "svg" | "png"): Promise<void> {
  if (drawn === undefined) {
    status.textContent = "Only the picture can be saved: show it first.";
    return;
  }
  const svg = toSvgText(drawn.element, drawn.size);
  const clan = clans.find(({ root }) => root === state.root) ?? clans[0];
  const name = clan?.name ?? "clan";
  try {
    const data = format === "svg" ? svg : await toPng(svg, drawn.size);
    host.postMessage({ kind: "save", format, name, data });
  } catch {
    status.textContent = "This picture is too large for PNG. Filter it, or save it as SVG.";
  }
}

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === "clans") {
    clans = data.clans;
    draw();
  } else if (data.kind === "select") {
    if (data.thing.root !== state.root && clans.some(({ root }) => root === data.thing.root))
      change({ root: data.thing.root });
    if (selectIn(idOf(data.thing))) look(idOf(data.thing));
  } else if (data.of === looked && data.text !== "") {
    // It says more than is known here.
    const [heading] = details.children;
    details.replaceChildren(...(heading === undefined ? [] : [heading]), html("pre", {}, data.text));
  }
});

const onFilter = () => change({ filter: { text: text.value, tag: tag.value, service: service.value } });
text.addEventListener("input", onFilter);
tag.addEventListener("change", onFilter);
service.addEventListener("change", onFilter);
clanChoice.addEventListener("change", () => change({ root: clanChoice.value, filter: everything }));
picture.addEventListener("click", () => change({ mode: "picture" }));
table.addEventListener("click", () => change({ mode: "table" }));
byId("larger").addEventListener("click", () => zoomTo(state.zoom * 1.25));
byId("smaller").addEventListener("click", () => zoomTo(state.zoom / 1.25));
byId("fit").addEventListener("click", () => {
  if (drawn === undefined) return;
  const { width, height } = drawn.size;
  zoomTo(Math.min(1, view.clientWidth / width, view.clientHeight / height));
});
byId("svg").addEventListener("click", () => void save("svg"));
byId("png").addEventListener("click", () => void save("png"));
view.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoomTo(state.zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  },
  { passive: false },
);
host.postMessage({ kind: "ready" });
