/** What is there after the extension was activated, on a machine and in a browser, and that all of it goes again. */
import { readFileSync } from "node:fs";
import { expect, it, test } from "vitest";
import type { ExtensionContext } from "vscode";
import { activateExtension } from "../../../client/src/extension.ts";
import { changedNotification, inventoryRequest, varsRequest } from "../../../shared/requests.ts";
import { editor } from "./helpers/editor.ts";
import { LanguageClient, State } from "./helpers/language-client.ts";
import { extensionContext, Machine, platformOf, settled } from "./helpers/machine.ts";
import { clan } from "./views/clan.ts";

const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));

/** A server that has one clan. */
function server(): LanguageClient {
  const client = new LanguageClient();
  client.answers.set(inventoryRequest, () => [clan]);
  client.answers.set(varsRequest, () => ({ generators: [], open: undefined }));
  return client;
}

async function activated(programs: Machine | undefined, client = server()) {
  const context = extensionContext();
  await activateExtension(context, platformOf(programs, client));
  await settled();
  return { client, context };
}

function disposeAll({ subscriptions }: ExtensionContext): void {
  for (const each of subscriptions) each.dispose();
}

/** Of commands the manifest has, those that VS Code makes itself are not among them. */
const declared: string[] = contributes.commands.map(({ command }: { command: string }) => command);
const registered = () => [...editor.registered.keys()].filter((name) => name !== "output Clan").sort();
const everywhere = [
  "documents clan-docs",
  "status bar clan.runs",
  ...contributes.languageModelTools.map(({ name }: { name: string }) => `tool ${name}`),
  "status clan.server",
  "tree clan.machines",
  "tree clan.services",
  "tree clan.vars",
];

it("has each command of the manifest, on a machine and in a browser: there they say why nothing runs", async () => {
  for (const programs of [new Machine(), undefined]) {
    const { context } = await activated(programs);
    expect([...editor.commands.keys()]).toEqual(expect.arrayContaining(declared));
    disposeAll(context);
    expect([...editor.commands.keys()]).toEqual([]);
    editor.registered.delete("output Clan");
  }
});

it("has tasks and links of the terminal where programs run", async () => {
  await activated(new Machine());
  expect(registered()).toEqual(
    [...everywhere, "tasks clan", "terminal links", "completion", "lenses"].sort(),
  );
});

it("has neither in a browser", async () => {
  await activated(undefined);
  expect(registered()).toEqual(everywhere.toSorted());
});

it.each([true, false])(
  "is the same in a workspace that is trusted (%s): what starts programs asks",
  async (trusted) => {
    editor.isTrusted = trusted;
    const machine = new Machine("clan", "nix", "git", "direnv");
    await activated(machine);
    expect(editor.commands.has("clan.updateMachines")).toBe(true);
    expect(machine.looked).toEqual([]);
    expect(machine.ran).toEqual([]);
  },
);

it("takes all with it when it is deactivated", async () => {
  const { context, client } = await activated(new Machine());
  disposeAll(context);
  expect([registered(), editor.watchers.size, client.followers, client.isDisposed]).toEqual([[], 0, 0, true]);
  const listening = Object.entries(editor.events).filter(([, event]) => event.size > 0);
  expect(listening.map(([name]) => name)).toEqual([]);
});

it("starts the server, and asks nothing of one that does not start: the log says why", async () => {
  const client = server();
  client.startFailure = new Error("no such file");
  await activated(new Machine(), client);
  expect(editor.logged).toEqual(["error: the language server did not start: Error: no such file"]);
  expect(client.requests).toEqual([]);
  expect(editor.commands.has("clan.restartServer")).toBe(true);
});

it("says whether there is a clan, when the server starts", async () => {
  await activated(new Machine());
  expect(editor.executed).toContainEqual(["setContext", "clan.hasClan", true]);
});

it("shows the log", async () => {
  await activated(new Machine());
  await editor.run("clan.showLog");
  expect(editor.executed).toContainEqual(["show output", "Clan"]);
});

test("a restart stops a server that runs, and starts one that does not", async () => {
  const { client } = await activated(new Machine());
  const states: number[] = [];
  client.onDidChangeState(({ newState }) => states.push(newState));
  await editor.run("clan.restartServer");
  expect(states).toEqual([State.Stopped, State.Starting, State.Running]);
  await client.stop();
  states.length = 0;
  await editor.run("clan.restartServer");
  expect(states).toEqual([State.Starting, State.Running]);
});

test("nixd or nil that comes or goes restarts the server; another setting does not", async () => {
  const { client } = await activated(new Machine());
  const states: number[] = [];
  client.onDidChangeState(({ newState }) => states.push(newState));
  editor.set("nix.serverPath", { globalValue: "nixd" });
  editor.set("nix.enableLanguageServer", { defaultValue: false, globalValue: false });
  await settled();
  expect(states).toEqual([]);
  editor.set("nix.enableLanguageServer", { defaultValue: false, globalValue: true });
  await settled();
  expect(states).toEqual([State.Stopped, State.Starting, State.Running]);
});

test("a server that cannot be restarted is told of in the log", async () => {
  const { client } = await activated(new Machine());
  client.startFailure = new Error("gone");
  editor.set("nix.enableLanguageServer", { defaultValue: false, globalValue: true });
  await settled();
  expect(editor.logged).toEqual(["warn: the language server was not restarted: Error: gone"]);
});

test("the views ask anew when the server says that something changed", async () => {
  const { client } = await activated(new Machine());
  const tree = editor.registration<{
    getChildren(): Promise<{ label: string }[]>;
    onDidChangeTreeData(listener: () => void): void;
  }>("tree clan.machines");
  const labels = async () => (await tree.getChildren()).slice(1).map(({ label }) => label);
  expect(await labels()).toEqual(["mac", "web"]);
  let changes = 0;
  tree.onDidChangeTreeData(() => changes++);
  client.answers.set(inventoryRequest, () => [{ ...clan, machines: clan.machines.slice(1) }]);
  expect(await labels()).toEqual(["mac", "web"]);
  client.notify(changedNotification);
  expect(changes).toBe(1);
  expect(await labels()).toEqual(["web"]);
});
