/** Machines and instances as a table, with the roles where they meet. Arrow keys go from cell to cell. */
import { machineId, roleId } from "../../shared/graph/graph.ts";
import type { ClanSummary } from "../../shared/requests.ts";
import { html } from "./elements.ts";
import type { PictureActions } from "./picture-view.ts";

export interface TableView {
  readonly element: HTMLTableElement;
  /** Goes to its cell. False where it has none. */
  select(id: string): boolean;
}

export function drawTable({ machines, instances }: ClanSummary, actions: PictureActions): TableView {
  const cells: HTMLTableCellElement[][] = [];
  const byId = new Map<string, HTMLTableCellElement>();
  const cell = (name: "td" | "th", id: string, scope?: string): HTMLTableCellElement => {
    const element = html(name, { tabindex: -1, scope });
    if (id !== "") {
      element.dataset["id"] = id;
      if (!byId.has(id)) byId.set(id, element);
    }
    return element;
  };
  const head = [cell("th", "", "col"), ...instances.map(({ name }) => cell("th", `instance:${name}`, "col"))];
  instances.forEach(({ name, service }, index) => {
    const header = head[index + 1];
    header?.append(name);
    if (service !== undefined && service !== name) header?.append(html("small", {}, service));
  });
  head[0]?.append("Machine");
  cells.push(head);
  const roles = instances.map(({ name, roles: all }) => ({ name, members: rolesByMachine(name, all) }));
  for (const { name } of machines) {
    const row = [cell("th", machineId(name), "row")];
    row[0]?.append(name);
    for (const { members } of roles) {
      const found = members.get(name) ?? [];
      const one = cell("td", found[0]?.id ?? "");
      if (found.length > 0) one.append(found.map(({ role }) => role).join(", "));
      const via = found.flatMap(({ tags }) => tags);
      if (via.length > 0) one.title = `via ${[...new Set(via)].join(", ")}`;
      row.push(one);
    }
    cells.push(row);
  }
  const body = html("tbody", {}, ...cells.slice(1).map((row) => html("tr", {}, ...row)));
  const element = html(
    "table",
    { role: "grid", "aria-label": "Machines and the roles they have in each instance" },
    html("thead", {}, html("tr", {}, ...head)),
    body,
  );

  let current = head[0];
  const goTo = (next: HTMLTableCellElement | undefined) => {
    if (next === undefined) return;
    current?.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    current = next;
  };
  goTo(head[0]);
  const cellAt = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLTableCellElement>("td, th") : null;
  element.addEventListener("focusin", ({ target }) => {
    const at = cellAt(target);
    if (at === null) return;
    goTo(at);
    const id = at.dataset["id"];
    if (id !== undefined) actions.look(id);
  });
  element.addEventListener("pointerover", ({ target }) => {
    const id = cellAt(target)?.dataset["id"];
    if (id !== undefined) actions.look(id);
  });
  element.addEventListener("click", ({ target }) => {
    const at = cellAt(target);
    at?.focus();
    const id = at?.dataset["id"];
    if (id !== undefined) actions.choose(id);
  });
  element.addEventListener("keydown", (event) => {
    const at = cellAt(event.target);
    const step = steps[event.key];
    const id = at?.dataset["id"];
    if (at === null) return;
    if (step !== undefined) {
      const row = (at.parentElement as HTMLTableRowElement).rowIndex;
      cells[row + step[1]]?.[at.cellIndex + step[0]]?.focus();
    } else if ((event.key === "Enter" || event.key === " ") && id !== undefined) actions.choose(id);
    else return;
    event.preventDefault();
  });
  return {
    element,
    select(id) {
      const found = byId.get(id);
      if (found === undefined) return false;
      element.querySelector(".selected")?.classList.remove("selected");
      found.classList.add("selected");
      goTo(found);
      found.scrollIntoView({ block: "nearest", inline: "nearest" });
      return true;
    },
  };
}

const steps: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

type Roles = ClanSummary["instances"][number]["roles"];

function rolesByMachine(instance: string, roles: Roles) {
  const found = new Map<
    string,
    { readonly id: string; readonly role: string; readonly tags: readonly string[] }[]
  >();
  for (const { name, members } of roles)
    for (const { machine, viaTags } of members)
      found.set(machine, [
        ...(found.get(machine) ?? []),
        { id: roleId(instance, name), role: name, tags: viaTags.map((tag) => `tag ${tag}`) },
      ]);
  return found;
}
