/** The views in the sidebar: what VS Code is told of their rows, and what their menus do. */
import { expect, it, test } from "vitest";
import { type TreeDataProvider, type TreeItem, Uri } from "vscode";
import { CommandSearch } from "../../../../client/src/clan-cli/search.ts";
import { Runs } from "../../../../client/src/runs/runs.ts";
import { registerViews } from "../../../../client/src/views/clan-views.ts";
import type { TreeEntry } from "../../../../client/src/views/entry.ts";
import { entryCommands } from "../../../../client/src/views/entry-commands.ts";
import { serviceTree } from "../../../../client/src/views/service-tree.ts";
import type { ClanSummary, VarsParams } from "../../../../shared/requests.ts";
import { editor } from "../helpers/editor.ts";
import { LanguageClient } from "../helpers/language-client.ts";
import { State, settled } from "../helpers/machine.ts";
import { beginTask, endTask } from "../helpers/task-run.ts";
import { clan, entryAt, line } from "./clan.ts";

const generator = {
  name: "ca",
  files: [{ name: "key", secret: true, exists: true }],
  replaces: [],
  folder: "file:///clan/vars/shared/ca",
  place: line(8),
};

type Tree = TreeDataProvider<TreeEntry>;

/** Both views of these clans, and whose vars were asked for. */
function views(clans: readonly ClanSummary[] = [clan]) {
  const asked: VarsParams[] = [];
  const client = new LanguageClient();
  const disposable = registerViews(
    client.real,
    async () => clans,
    async (params) => {
      asked.push(params);
      return { generators: [generator], open: undefined };
    },
    { runs: new Runs(async () => clans), affected: undefined, thingAt: async () => null, state: new State() },
  );
  const machines = editor.registration<Tree>("tree clan.machines");
  const services = editor.registration<Tree>("tree clan.services");
  return { asked, machines, services, disposable, client };
}

/** The row with these labels from the top, opened as a person opens it. */
async function rowAt(tree: Tree, ...labels: readonly string[]): Promise<TreeEntry> {
  let rows = (await tree.getChildren()) ?? [];
  let found: TreeEntry | undefined;
  for (const label of labels) {
    found = rows.find((row) => row.label === label);
    if (found === undefined) throw new Error(`there is no row ${label}`);
    rows = (await tree.getChildren(found)) ?? [];
  }
  if (found === undefined) throw new Error("which row?");
  return found;
}

async function itemAt(tree: Tree, ...labels: readonly string[]): Promise<TreeItem> {
  return tree.getTreeItem(await rowAt(tree, ...labels));
}

const [none, collapsed, expanded] = [0, 1, 2];

test("the rows of machines say what they are, and are closed until the person opens them", async () => {
  const { machines } = views();
  expect(await itemAt(machines, "web")).toEqual({
    id: "file:///clan/machine:web",
    label: "web",
    description: "root@web",
    tooltip: expect.stringContaining("Host: root@web"),
    iconPath: { id: "server" },
    contextValue: "clan.machine",
    collapsibleState: collapsed,
  });
  expect(await itemAt(machines, "mac")).toMatchObject({
    contextValue: "clan.machine written",
    iconPath: { id: "device-desktop" },
  });
  expect(await itemAt(machines, "mac", "mesh / peer")).toMatchObject({
    collapsibleState: none,
    iconPath: { id: "symbol-interface" },
  });
});

test("a row without a description or tooltip has none", async () => {
  const item = await itemAt(views().services, "own");
  expect(item).not.toHaveProperty("description");
  expect(item.tooltip).toBe("Instance own");
  expect(item.collapsibleState).toBe(none);
  expect(await itemAt(views2().machines, "mac", "Vars")).not.toHaveProperty("tooltip");
});

/** The views once more, in an editor that has none yet. */
function views2() {
  editor.registered.clear();
  editor.commands.clear();
  return views();
}

test("vars are asked for when the row is opened, and not before", async () => {
  const { machines, asked } = views();
  const row = await rowAt(machines, "web");
  const [vars] = ((await machines.getChildren(row)) ?? []).filter(({ label }) => label === "Vars");
  if (vars === undefined) throw new Error("a machine has vars");
  expect(await machines.getTreeItem(vars)).toMatchObject({
    collapsibleState: collapsed,
    iconPath: { id: "key" },
    contextValue: "clan.vars",
  });
  expect(asked).toEqual([]);
  const generators = (await machines.getChildren(vars)) ?? [];
  expect(generators).toMatchObject([
    {
      id: "file:///clan/machine:web/vars/generator:ca",
      label: "ca",
      icon: "circle-filled",
      target: { root: "file:///clan", machines: ["web"], within: "ca" },
      folder: generator.folder,
    },
  ]);
  expect(asked).toEqual([{ root: "file:///clan", machine: "web" }]);
});

test("of several clans each is an open row, with its folder", async () => {
  const { machines } = views([clan, { ...clan, root: "file:///lab", name: "lab" }]);
  expect(await itemAt(machines, "lab")).toMatchObject({
    contextValue: "clan.clan on-disk",
    collapsibleState: expanded,
    iconPath: { id: "server-environment" },
    tooltip: "file:///lab",
  });
});

test("a row whose place is known leads there when it is selected", async () => {
  const { services } = views();
  const row = await rowAt(services, "mesh", "peer");
  const { command } = await services.getTreeItem(row);
  expect(command).toEqual({
    title: "Go to Definition",
    command: entryCommands.goToDefinition.id,
    arguments: [row],
  });
  await editor.run(command?.command ?? "", ...(command?.arguments ?? []));
  // The name is not selected: what is typed next must not replace it.
  const at = { line: 5, character: 0 };
  expect(editor.executed).toEqual([
    ["vscode.open", Uri.parse("file:///clan/clan.nix"), { selection: { start: at, end: at } }],
  ]);
});

test("a row whose place is not known leads nowhere", async () => {
  const { machines } = views();
  expect(await itemAt(machines, "web")).not.toHaveProperty("command");
  await editor.run("clan.goToDefinition", await rowAt(machines, "web"));
  expect(editor.executed).toEqual([]);
});

test.each([
  ["clan.showDocumentation", "editor.action.showHover"],
  ["clan.rename", "editor.action.rename"],
  ["clan.change", "editor.action.refactor"],
  ["clan.remove", "editor.action.codeAction"],
])("%s goes to the place, then does what the editor does there", async (command, action) => {
  const { services } = views();
  await editor.run(command, await rowAt(services, "mesh"));
  expect(editor.executed.map(([id]) => id)).toEqual(["vscode.open", action]);
});

test("the name that is copied is the thing's, not the row's label", async () => {
  const { machines } = views();
  await editor.run("clan.copyName", await rowAt(machines, "web", "mesh / peer"));
  expect(editor.clipboard).toBe("peer");
  await editor.run("clan.copyName", await rowAt(machines, "web"));
  expect(editor.clipboard).toBe("web");
});

test("a folder is revealed and its path copied, where there is one", async () => {
  const { machines } = views();
  const ca = await rowAt(machines, "web", "Vars", "ca");
  await editor.run("clan.revealInExplorer", ca);
  expect(editor.executed).toEqual([["revealInExplorer", Uri.parse(generator.folder)]]);
  await editor.run("clan.copyPath", ca);
  expect(editor.clipboard).toBe("/clan/vars/shared/ca");
});

test("a row without a folder reveals and copies nothing", async () => {
  const { machines } = views();
  editor.clipboard = "before";
  for (const command of ["clan.revealInExplorer", "clan.copyPath"])
    await editor.run(command, await rowAt(machines, "web"));
  expect([editor.executed, editor.clipboard]).toEqual([[], "before"]);
});

it("says of what services are made, and that a machine that is named is not there", () => {
  const tree = serviceTree([
    { ...clan, instances: clan.instances.map((one) => ({ ...one, input: undefined })) },
  ]);
  expect(entryAt(tree, "mesh")).toMatchObject({
    description: "zerotier",
    tooltip: "Instance mesh\nService: zerotier",
    icon: "package",
  });
  expect(entryAt(tree, "mesh", "peer", "gone")).toMatchObject({ kind: "none", icon: "question" });
  expect(entryAt(tree, "mesh", "peer", "mac")).toMatchObject({ kind: "machine", icon: "device-desktop" });
  expect(entryAt(tree, "mesh", "peer")).toMatchObject({ icon: "symbol-interface" });
});

it("tells the input of an instance", () => {
  expect(entryAt(serviceTree([clan]), "mesh").tooltip).toBe(
    "Instance mesh\nService: zerotier\nInput: clan-core",
  );
});

test("a machine shows what runs for it, and what ended", async () => {
  const { machines } = views();
  let changes = 0;
  machines.onDidChangeTreeData?.(() => changes++);
  const definition = { type: "clan", command: ["machines", "update"], machines: ["mac", "web"] };
  const execution = await beginTask(
    { definition, name: "machines update mac web" },
    "[mac] failed with error: no\n",
  );
  expect(changes).toBe(1);
  expect(await itemAt(machines, "web")).toMatchObject({
    description: "update … · root@web",
    iconPath: { id: "sync~spin" },
    contextValue: "clan.machine ran running",
  });
  await endTask(execution, 1);
  expect(await itemAt(machines, "web")).toMatchObject({
    description: expect.stringMatching(/^update done .*\d\d.* · root@web$/),
    iconPath: { id: "server", color: undefined },
    contextValue: "clan.machine ran",
  });
  expect(await itemAt(machines, "mac")).toMatchObject({
    description: expect.stringMatching(/^update failed .*\d\d/),
    tooltip: expect.stringMatching(/\nupdate failed .*: no$/),
    iconPath: { id: "error", color: { id: "list.errorForeground" } },
  });
});

test("the view of machines says how many failed, and why no command runs", async () => {
  editor.isTrusted = false;
  views();
  const view = () => editor.views.get("clan.machines");
  await settled();
  expect(view()).toMatchObject({
    message: "Commands do not run: this workspace is not trusted.",
    badge: undefined,
  });
  editor.trust();
  await settled();
  expect(view()?.message).toBe("");
  const definition = { type: "clan", command: ["machines", "update"], machines: ["mac", "web"] };
  const execution = await beginTask({ definition }, "[mac] failed with error: no\n");
  await endTask(execution, 1);
  expect(view()?.badge).toEqual({ value: 1, tooltip: "Failed: mac" });
  await beginTask({ definition });
  expect(view()?.badge).toBeUndefined();
});

test("machines are shown in the groups that the person chooses, from then on", async () => {
  const { machines } = views();
  const labels = async () => ((await machines.getChildren()) ?? []).map(({ label }) => label);
  expect(await labels()).toEqual(["mac", "web"]);
  let changes = 0;
  machines.onDidChangeTreeData?.(() => changes++);
  editor.answers.push("By Class");
  await editor.run("clan.groupMachines");
  expect(changes).toBe(1);
  expect(await labels()).toEqual(["NixOS", "macOS"]);
  await editor.run("clan.groupMachines");
  expect(await labels()).toEqual(["NixOS", "macOS"]);
  editor.answers.push("By Name");
  await editor.run("clan.groupMachines");
  expect(await labels()).toEqual(["mac", "web"]);
});

test("the view of vars asks for those of each machine when it is opened, and not before", async () => {
  const { asked } = views();
  const vars = editor.registration<Tree>("tree clan.vars");
  expect(asked).toEqual([]);
  const rowsOfVars = (await vars.getChildren()) ?? [];
  expect(rowsOfVars.map(({ label, description }) => [label, description])).toEqual([["ca", "2 machines"]]);
  expect(asked).toEqual([
    { root: clan.root, machine: "mac" },
    { root: clan.root, machine: "web" },
  ]);
});

it("says on how many generators files are missing", async () => {
  views();
  const tree = editor.registration<Tree>("tree clan.vars");
  const badge = () => editor.views.get("clan.vars")?.badge;
  await tree.getChildren();
  expect(badge()).toBeUndefined();
  const [file] = generator.files;
  if (file === undefined) throw new Error("no file");
  generator.files = [{ ...file, exists: false }];
  await tree.getChildren();
  expect(badge()).toEqual({ value: 1, tooltip: "Files are missing: ca" });
  generator.files = [file];
});

it("says above the machines that clan was not found, until it is", async () => {
  const command = new CommandSearch();
  registerViews(
    new LanguageClient().real,
    async () => [clan],
    async () => ({ generators: [], open: undefined }),
    {
      runs: new Runs(async () => [clan]),
      affected: undefined,
      thingAt: async () => null,
      state: new State(),
      command,
    },
  );
  const message = async () => {
    await settled();
    return editor.views.get("clan.machines")?.message;
  };
  expect(await message()).toBe("");
  command.ended(false);
  expect(await message()).toBe(
    "clan was not found. “Clan: Choose How clan Is Started…” lists ways to start it.",
  );
  command.ended(true);
  expect(await message()).toBe("");
});
