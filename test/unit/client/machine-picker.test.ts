/** The list in which machines are ticked, as keys of a person lead through it. */
import { expect, it } from "vitest";
import { pickMachines } from "../../../client/src/machine-picker.ts";
import type { ClanSummary } from "../../../shared/requests.ts";
import { editor } from "./helpers/editor.ts";
import { settled } from "./helpers/machine.ts";
import { clan } from "./views/clan.ts";

interface Row {
  readonly label: string;
  readonly kind?: number;
  readonly iconPath?: { readonly id: string };
}

interface OpenList {
  readonly list: {
    readonly title: string;
    readonly placeholder: string;
    readonly canSelectMany: boolean;
    readonly items: readonly Row[];
    activeItems: readonly Row[];
    selectedItems: readonly Row[];
    readonly isDisposed: boolean;
    hide(): void;
  };
  type(text: string): void;
  accept(): void;
}

const tagged: ClanSummary = {
  ...clan,
  machines: [
    ...clan.machines,
    { name: "web2", class: "nixos", tags: [], targetHost: undefined, place: undefined },
  ],
  tags: [
    { name: "all", machines: ["mac", "web", "web2"] },
    { name: "webs", machines: ["web", "web2"] },
  ],
};

function opened(of: ClanSummary = tagged) {
  const picked = pickMachines("Update", of);
  const open = editor.registration<OpenList>("open list");
  const tick = (...labels: readonly string[]) => {
    open.list.selectedItems = open.list.items.filter(({ label }) => labels.includes(label));
  };
  return { ...open, picked, tick };
}

it("has a heading before tags and before machines, and an icon for each", () => {
  const { list } = opened();
  expect(list.title).toBe("Update");
  expect(list.placeholder).toBe("Which machines?");
  expect(list.canSelectMany).toBe(true);
  expect(list.items.map(({ label, kind, iconPath }) => [label, kind ?? iconPath?.id])).toEqual([
    ["", -1],
    ["All machines", "server-environment"],
    ["tags", -1],
    ["webs", "tag"],
    ["machines", -1],
    ["mac", "vm"],
    ["web", "vm"],
    ["web2", "vm"],
  ]);
});

it("says why there may be more", () => {
  const { list } = opened({ ...tagged, open: { reason: "hosts is unknown", place: undefined } });
  expect(list.placeholder).toBe("Which machines? There may be more than are listed: hosts is unknown.");
});

it("takes what is ticked", async () => {
  const { tick, accept, picked, list } = opened();
  tick("webs", "mac");
  accept();
  expect(await picked).toEqual(["mac", "web", "web2"]);
  expect(list.isDisposed).toBe(true);
});

it("takes what is ticked, not the row the cursor is on", async () => {
  const { tick, type, accept, picked } = opened();
  tick("mac");
  type("web");
  accept();
  expect(await picked).toEqual(["mac"]);
});

it.each([
  ["web", ["web"]],
  ["WEB2", ["web2"]],
  ["webs", ["web", "web2"]],
  ["we", ["web", "web2"]],
  ["B2", ["web2"]],
  ["all", []],
])("takes the row that “%s” means best", async (typed, expected) => {
  const { type, accept, picked } = opened();
  type(typed);
  accept();
  expect(await picked).toEqual(expected);
});

it.each([["nothing like it"], [""]])(
  "means nothing yet where Enter is on no row, after “%s”",
  async (typed) => {
    const { type, accept, picked, list } = opened();
    type("web");
    type(typed);
    accept();
    await settled();
    expect(list.isDisposed).toBe(false);
    list.hide();
    expect(await picked).toBeUndefined();
  },
);

it("never takes a heading", () => {
  const { type, list } = opened();
  type("machines");
  expect(list.activeItems.map(({ label }) => label)).toEqual(["All machines"]);
});

it("is left without an answer", async () => {
  const { list, picked, tick } = opened();
  tick("web");
  list.hide();
  expect(await picked).toBeUndefined();
  expect(list.isDisposed).toBe(true);
});

it.each([
  [undefined, "information: The clan home has no machines."],
  [
    { reason: "hosts is unknown", place: undefined },
    "information: The clan home has no machines that can be seen without running Nix: hosts is unknown.",
  ],
])("explains a clan without machines, and shows no list", async (open, message) => {
  expect(await pickMachines("Update", { ...clan, machines: [], open })).toBeUndefined();
  expect(editor.messages).toEqual([message]);
  expect(editor.registered.has("open list")).toBe(false);
});
