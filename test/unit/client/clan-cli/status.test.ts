/** Which clan is shown beside the language of Nix files, when it is looked for, and how another is chosen. */
import { expect, it } from "vitest";
import type { LanguageStatusItem } from "vscode";
import { CommandSearch } from "../../../../client/src/clan-cli/search.ts";
import { registerChooseClanCommand, showClanCommand } from "../../../../client/src/clan-cli/status.ts";
import { editor } from "../helpers/editor.ts";
import { Machine, platformOf, settled } from "../helpers/machine.ts";
import { clan } from "../views/clan.ts";

const inventory = async () => [clan];
const id = "status clan.chooseCommand";

function machineWith(...programs: readonly string[]): Machine {
  const machine = new Machine(...programs);
  const stdout = "reference: https://clan.lol/docs/26.05/reference/cli";
  machine.results.set("--help", { stdout });
  machine.results.set("exec /clan clan --help", { stdout });
  machine.results.set("status", { stdout: "Found RC allowed 0\n" });
  return machine;
}

async function show(uri: string | undefined): Promise<void> {
  editor.active = uri === undefined ? undefined : editor.open(uri, "{ }");
  editor.events.activeEditor.fire(undefined);
  await settled();
}

function item(): Partial<LanguageStatusItem> | undefined {
  return editor.registered.has(id) ? editor.registration<LanguageStatusItem>(id) : undefined;
}

it("looks for clan when a file of a clan is open, and not before", async () => {
  const machine = machineWith("clan");
  showClanCommand(machine, inventory, new CommandSearch());
  await show(undefined);
  await show("file:///clan/notes.txt");
  await show("file:///elsewhere/flake.nix");
  expect([item(), machine.looked, machine.ran]).toEqual([undefined, [], []]);
  await show("file:///clan/flake.nix");
  expect(machine.ran).toEqual([["/bin/clan", ["--help"], "/clan"]]);
  expect(item()).toMatchObject({
    text: "clan 26.05",
    detail: "on PATH: /bin/clan",
    severity: 0,
    busy: false,
  });
  await show("file:///clan/disk.nix");
  expect(machine.ran).toHaveLength(1);
});

it("looks for nothing in a workspace that is not trusted, until it is", async () => {
  editor.isTrusted = false;
  const machine = machineWith("clan");
  showClanCommand(machine, inventory, new CommandSearch());
  await show("file:///clan/flake.nix");
  expect([item(), machine.looked, machine.ran]).toEqual([undefined, [], []]);
  editor.trust();
  await settled();
  expect(item()?.text).toBe("clan 26.05");
});

it.each([
  [["direnv"], "clan 26.05", "through direnv: /bin/direnv exec /clan clan", 0],
  [[], "clan was not found", "", 1],
])("says where it is: %j", async (programs, text, detail, severity) => {
  showClanCommand(machineWith(...programs), inventory, new CommandSearch());
  await show("file:///clan/flake.nix");
  expect(item()).toMatchObject({ text, detail, severity, busy: false });
  expect(editor.messages).toEqual([]);
});

it("looks again for one that was not found, when the next file is opened", async () => {
  const machine = machineWith();
  showClanCommand(machine, inventory, new CommandSearch());
  await show("file:///clan/flake.nix");
  machine.programs.set("clan", "/bin/clan");
  await show("file:///clan/disk.nix");
  expect(item()?.text).toBe("clan 26.05");
});

it("follows the setting, and asks no version of what Nix would have to fetch", async () => {
  const machine = machineWith("clan", "nix");
  showClanCommand(machine, inventory, new CommandSearch());
  await show("file:///clan/flake.nix");
  editor.set("clan.command", { workspaceValue: ["nix", "develop", "-c", "clan"] });
  await settled();
  expect(item()).toMatchObject({ text: "clan", detail: "by clan.command: /bin/nix develop -c clan" });
  expect(machine.ran).toHaveLength(1);
  editor.set("clan.nixEval", { workspaceValue: true });
  await settled();
  expect(machine.ran).toHaveLength(1);
});

it("says nothing of a server that does not answer", async () => {
  const machine = machineWith("clan");
  showClanCommand(machine, () => Promise.reject(new Error("it does not run")), new CommandSearch());
  await show("file:///clan/flake.nix");
  expect([item(), machine.looked]).toEqual([undefined, []]);
});

it("ends what it began", async () => {
  const shown = showClanCommand(machineWith("clan"), inventory, new CommandSearch());
  await show("file:///clan/flake.nix");
  shown.dispose();
  expect(item()).toBeUndefined();
  expect(editor.events.activeEditor.size).toBe(0);
});

const develop = ["nix", "develop", "-c", "clan"];

it.each([
  ["Automatic", undefined],
  ["nix develop -c clan", develop],
])("keeps what is chosen: %s", async (answer, value) => {
  editor.set("clan.command", { workspaceFolderValue: ["mine"] });
  registerChooseClanCommand(platformOf(machineWith("nix")), inventory);
  editor.answers.push(answer);
  await editor.run("clan.chooseCommand", clan.root);
  expect(editor.settings.get("clan.command")?.workspaceFolderValue).toEqual(value);
});

it.each([
  [undefined, "Automatic"],
  [develop, "nix develop -c clan"],
  [["mine", "--x"], "Open Setting"],
])("says what is chosen now: %j", async (value, now) => {
  if (value !== undefined) editor.set("clan.command", { workspaceFolderValue: value });
  registerChooseClanCommand(platformOf(machineWith("nix")), inventory);
  editor.answers.push("Open Setting");
  await editor.run("clan.chooseCommand");
  const items = editor.dialogues[0]?.options["items"] as { label: string; description?: string }[];
  expect(items.filter(({ description }) => description === "now").map(({ label }) => label)).toEqual([now]);
  expect(editor.executed).toEqual([["workbench.action.openSettings", "clan.command"]]);
});

it("offers no way through Nix where there is none, and nothing in a workspace that is not trusted", async () => {
  registerChooseClanCommand(platformOf(machineWith()), inventory);
  await editor.run("clan.chooseCommand");
  expect(editor.dialogues[0]?.choices).toEqual(["Automatic", "Open Setting"]);
  editor.isTrusted = false;
  await editor.run("clan.chooseCommand");
  expect(editor.messages).toEqual([expect.stringMatching(/^warning: This workspace is not trusted/)]);
});
