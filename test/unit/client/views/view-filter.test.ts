/** What the views are narrowed to. */
import { expect, it, test } from "vitest";
import type { TreeDataProvider } from "vscode";
import { Runs } from "../../../../client/src/runs/runs.ts";
import { registerViews } from "../../../../client/src/views/clan-views.ts";
import type { TreeEntry } from "../../../../client/src/views/entry.ts";
import { machineTree } from "../../../../client/src/views/machine-tree.ts";
import { serviceTree } from "../../../../client/src/views/service-tree.ts";
import { filterRows } from "../../../../client/src/views/view-filter.ts";
import { editor } from "../helpers/editor.ts";
import { LanguageClient } from "../helpers/language-client.ts";
import { State, settled } from "../helpers/machine.ts";
import { clan, rows } from "./clan.ts";

const machines = machineTree([clan]);
const services = serviceTree([clan]);

test("a row that says it is there with all below it", () => {
  expect(filterRows(machines, "")).toBe(machines);
  expect(filterRows(machines, "MAC").map(({ label }) => label)).toEqual(["mac"]);
  expect(rows(filterRows(machines, "root@"))).toEqual([
    "web  root@web",
    "  mesh / controller",
    "  mesh / peer  via tag all",
    "  Vars",
  ]);
});

test("tags, classes and roles of a machine count, and the words before them do not", () => {
  const labels = (text: string) => filterRows(machines, text).map(({ label }) => label);
  expect(labels("darwin")).toEqual(["mac"]);
  expect(labels("controller")).toEqual(["web"]);
  expect(labels("tags")).toEqual([]);
  expect(filterRows(services, "machines")).toEqual([]);
  expect(labels("host")).toEqual([]);
});

test("a row with one that says it below is open, and shows that alone", () => {
  const found = filterRows(services, "mac");
  expect(rows(found)).toEqual([
    "mesh  zerotier · clan-core",
    "  peer  3 machines",
    "    mac  via tags all, darwin",
  ]);
  expect(found[0]?.isOpen).toBe(true);
  expect(rows(filterRows(services, "zerotier"))).toEqual(
    rows(services.filter(({ label }) => label === "mesh")),
  );
  expect(filterRows(services, "nothing")).toEqual([]);
});

test("what is said of the list stays", () => {
  const open = { reason: "computed", place: undefined };
  const labels = filterRows(machineTree([{ ...clan, open }]), "mac").map(({ label }) => label);
  expect(labels).toEqual(["mac", "There may be more machines"]);
});

it("is asked for, shown beside the views' names, and taken back", async () => {
  registerViews(
    new LanguageClient().real,
    async () => [clan],
    async () => ({ generators: [], open: undefined }),
    {
      runs: new Runs(async () => [clan]),
      affected: undefined,
      thingAt: async () => null,
      state: new State(),
    },
  );
  const tree = editor.registration<TreeDataProvider<TreeEntry>>("tree clan.machines");
  let changes = 0;
  tree.onDidChangeTreeData?.(() => changes++);
  const shown = async () => ((await tree.getChildren()) ?? []).map(({ label }) => label);
  editor.answers.push(" mac ");
  await editor.run("clan.filterViews");
  expect([await shown(), changes]).toEqual([["mac"], 1]);
  expect([...editor.views.values()].map(({ description }) => description)).toEqual([
    "“mac”",
    "“mac”",
    "“mac”",
  ]);
  expect(editor.executed.at(-1)).toEqual(["setContext", "clan.isFiltered", true]);
  // Leaving the box changes nothing; it has what there is.
  await editor.run("clan.filterViews");
  expect(editor.dialogues.at(-1)?.options["value"]).toBe("mac");
  expect(await shown()).toEqual(["mac"]);
  await editor.run("clan.clearFilter");
  expect(await shown()).toEqual(["mac", "web"]);
  expect(editor.executed.at(-1)).toEqual(["setContext", "clan.isFiltered", false]);
  expect([...editor.views.values()].map(({ description }) => description)).toEqual(["", "", ""]);
});

it("a refresh asks for the clans again", async () => {
  let asked = 0;
  registerViews(
    new LanguageClient().real,
    async () => [{ ...clan, machines: clan.machines.slice(0, ++asked) }],
    async () => ({ generators: [], open: undefined }),
    { runs: new Runs(async () => []), affected: undefined, thingAt: async () => null, state: new State() },
  );
  const tree = editor.registration<TreeDataProvider<TreeEntry>>("tree clan.machines");
  expect(await tree.getChildren()).toHaveLength(1);
  await editor.run("clan.refreshViews");
  await settled();
  expect(await tree.getChildren()).toHaveLength(2);
});
