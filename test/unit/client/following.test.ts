/** What follows the server and the workspace: the status entry, the palette's context, and a browser's files. */
import { expect, it, test } from "vitest";
import { EventEmitter } from "vscode";
import { followClans } from "../../../client/src/has-clan.ts";
import { Restarts } from "../../../client/src/restarts.ts";
import { showServerStatus } from "../../../client/src/server-status.ts";
import { ClanData } from "../../../client/src/views/clan-data.ts";
import { sendWorkspaceFiles } from "../../../client/src/workspace-files.ts";
import type { ClanSummary } from "../../../shared/requests.ts";
import { editor } from "./helpers/editor.ts";
import { LanguageClient, State } from "./helpers/language-client.ts";
import { log, settled } from "./helpers/machine.ts";
import { clan } from "./views/clan.ts";

it.each([
  ["Starting", "starting", 0, true],
  ["Running", "running", 0, false],
  ["Stopped", "stopped", 1, false],
  ["StartFailed", "could not start", 2, false],
] as const)("shows a server that is %s", (state, text, severity, busy) => {
  const client = new LanguageClient();
  showServerStatus(client.real, new Restarts());
  client.become(State[state]);
  expect(editor.registration("status clan.server")).toMatchObject({
    name: "Clan",
    text,
    severity,
    busy,
    command: { command: "clan.showLog" },
    selector: [{ language: "nix" }, { language: "json", pattern: "**/inventory.json" }],
  });
});

it("shows the state in which it finds the server", () => {
  const client = new LanguageClient();
  client.become(State.Running);
  showServerStatus(client.real, new Restarts());
  expect(editor.registration("status clan.server")).toMatchObject({ text: "running" });
});

/** What the palette was told, one after the other. */
function contexts(): unknown[] {
  return editor.executed.filter(([id]) => id === "setContext").map(([, ...rest]) => rest);
}

function following(clans: readonly ClanSummary[]): LanguageClient {
  const client = new LanguageClient();
  followClans(client.real, async () => clans);
  return client;
}

test("the palette is told of clans when the server runs, and not before", async () => {
  const client = following([clan]);
  client.become(State.Starting);
  editor.events.folders.fire();
  editor.events.saved.fire({ languageId: "nix" });
  await settled();
  expect(contexts()).toEqual([]);
  client.become(State.Running);
  await settled();
  expect(contexts()).toEqual([["clan.hasClan", true]]);
});

test("the palette is told that there is none", async () => {
  following([]).become(State.Running);
  await settled();
  expect(contexts()).toEqual([["clan.hasClan", false]]);
});

it.each([
  ["a Nix file is saved", () => editor.events.saved.fire({ languageId: "nix" }), 2],
  ["folders change", () => editor.events.folders.fire(), 2],
  ["another file is saved", () => editor.events.saved.fire({ languageId: "markdown" }), 1],
])("asks for clans again where %s", async (_name, happens, times) => {
  following([clan]).become(State.Running);
  happens();
  await settled();
  expect(contexts()).toHaveLength(times);
});

it("asks for what the views show once, and again when it may be different", async () => {
  const client = new LanguageClient();
  let asked = 0;
  const runs = new EventEmitter<void>();
  const ask = async () => {
    asked += 1;
    return [clan];
  };
  const data = new ClanData(client.real, ask, [runs.event]);
  let changes = 0;
  data.onDidChange(() => changes++);
  expect(await data.clans()).toEqual([clan]);
  await data.clans();
  expect([asked, changes]).toEqual([1, 0]);
  client.become(State.Stopped);
  await data.clans();
  expect([asked, changes]).toEqual([1, 0]);
  client.become(State.Running);
  expect([asked, changes]).toEqual([1, 1]);
  await data.clans();
  expect(asked).toBe(2);
  client.notify("clan/changed");
  expect([asked, changes]).toEqual([2, 2]);
  // A run changes what is said of the machines, and not the clans.
  await data.clans();
  runs.fire();
  await data.clans();
  expect([asked, changes]).toEqual([3, 3]);
  data.dispose();
  client.notify("clan/changed");
  runs.fire();
  client.become(State.Running);
  expect(changes).toBe(3);
});

it("shows nothing of a server that does not answer, and asks it again later", async () => {
  const client = new LanguageClient();
  let answers = false;
  const ask = async () => {
    if (!answers) throw new Error("it does not run");
    return [clan];
  };
  const data = new ClanData(client.real, ask, []);
  expect(await data.clans()).toEqual([]);
  answers = true;
  client.become(State.Running);
  expect(await data.clans()).toEqual([clan]);
});

/** The URIs of each time files were sent, with their texts. */
function sent(client: LanguageClient): unknown[] {
  return client.notifications.map(([method, parameters]) => {
    expect(method).toBe("clan/files");
    return (parameters as { files: unknown }).files;
  });
}

async function browser(): Promise<LanguageClient> {
  const client = new LanguageClient();
  sendWorkspaceFiles(client.real, log);
  client.become(State.Running);
  await settled();
  return client;
}

it("sends a browser's server what it would read, and nothing that could be a secret", async () => {
  const read = ["clan.nix", "flake.lock", "machines/web/default.nix", "inventory.json"];
  const unread = [
    "sops/key.json",
    "vars/web/ca/key/secret",
    "README.md",
    ".git/x.nix",
    "node_modules/a/b.nix",
  ];
  for (const path of [...read, ...unread, "result/x.nix", ".direnv/y/flake.lock"])
    editor.files.set(`file:///clan/${path}`, path);
  const client = await browser();
  expect(sent(client)).toEqual([Object.fromEntries(read.map((path) => [`file:///clan/${path}`, path]))]);
});

it("keeps a byte order mark, which the server says something of", async () => {
  editor.files.set("file:///clan/clan.nix", "\uFEFF{ }");
  expect(sent(await browser())).toEqual([{ "file:///clan/clan.nix": "\uFEFF{ }" }]);
});

it("sends nothing before the server runs", async () => {
  editor.files.set("file:///clan/clan.nix", "{ }");
  const client = new LanguageClient();
  sendWorkspaceFiles(client.real, log);
  client.become(State.Starting);
  editor.fileChanged("changed", "file:///clan/clan.nix");
  editor.events.folders.fire();
  await settled();
  expect(sent(client)).toEqual([]);
});

it("sends what changes, what comes and that something is gone", async () => {
  const client = await browser();
  editor.files.set("file:///clan/a.nix", "1");
  editor.fileChanged("created", "file:///clan/a.nix");
  await settled();
  editor.files.set("file:///clan/a.nix", "2");
  editor.fileChanged("changed", "file:///clan/a.nix");
  await settled();
  editor.files.delete("file:///clan/a.nix");
  editor.fileChanged("deleted", "file:///clan/a.nix");
  editor.fileChanged("changed", "file:///clan/secret");
  await settled();
  expect(sent(client)).toEqual([
    {},
    { "file:///clan/a.nix": "1" },
    { "file:///clan/a.nix": "2" },
    { "file:///clan/a.nix": null },
  ]);
});

it("sends all again when folders change", async () => {
  const client = await browser();
  editor.files.set("file:///clan/a.nix", "1");
  editor.events.folders.fire();
  await settled();
  expect(sent(client)).toEqual([{}, { "file:///clan/a.nix": "1" }]);
});

it.each([
  [4999, []],
  [5000, ["warn: only 5000 files of this workspace are read"]],
])("says where a workspace of %i files is not read whole", async (count, expected) => {
  for (let index = 0; index < count; index++) editor.files.set(`file:///clan/${index}.nix`, "");
  await browser();
  expect(editor.logged).toEqual(expected);
});
