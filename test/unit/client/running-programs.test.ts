/** Where clan and git are found, what is said where they are not, and what they are run with. */
import { expect, it, test } from "vitest";
import { Uri } from "vscode";
import { locateOrAskForClan } from "../../../client/src/clan-cli/locate.ts";
import { asksNix, clanCommand } from "../../../client/src/settings.ts";
import { registerTrackFiles } from "../../../client/src/track-files.ts";
import { editor, type SettingValues } from "./helpers/editor.ts";
import { Machine, platformOf, settled } from "./helpers/machine.ts";

const folder = () => Uri.parse("file:///clan");

test("clan that is there is taken, and nothing is asked", async () => {
  expect(await locateOrAskForClan(new Machine("clan", "nix"), folder())).toEqual(["/bin/clan"]);
  expect(editor.dialogues).toEqual([]);
});

const lock = JSON.stringify({
  root: "root",
  nodes: { root: { inputs: { core: "core" } }, core: { locked: { repo: "clan-core" } } },
});

const develop = "Use nix develop -c clan";
const pinned = "Use nix run --inputs-from . core#clan-cli";

it.each([
  ["without nix", [], lock, ["Open Setting"]],
  ["with nix", ["nix"], undefined, [develop, "Open Setting"]],
  ["with nix and clan-core in the lock", ["nix"], lock, [develop, pinned, "Open Setting"]],
])("offers the ways that there are %s", async (_name, programs, text, choices) => {
  if (text !== undefined) editor.files.set("file:///clan/flake.lock", text);
  expect(await locateOrAskForClan(new Machine(...programs), folder())).toBeUndefined();
  expect(editor.dialogues.map((dialogue) => dialogue.choices)).toEqual([choices]);
  expect(editor.messages[0]).toMatch(/^error: clan was not found\./);
  expect([...editor.settings]).toEqual([]);
});

it("keeps the way that is chosen for the clan's workspace folder, and runs it", async () => {
  editor.files.set("file:///clan/flake.lock", lock);
  editor.answers.push(pinned);
  const way = ["run", "--inputs-from", ".", "core#clan-cli", "--"];
  expect(await locateOrAskForClan(new Machine("nix"), folder())).toEqual(["/bin/nix", ...way]);
  expect([...editor.settings]).toEqual([["clan.command", { workspaceFolderValue: ["nix", ...way] }]]);
  expect(editor.executed).toEqual([]);
});

it("keeps the way for the workspace where the clan lies in none of its folders", async () => {
  editor.answers.push(develop);
  await locateOrAskForClan(new Machine("nix"), Uri.parse("file:///elsewhere"));
  expect([...editor.settings]).toEqual([
    ["clan.command", { workspaceValue: ["nix", "develop", "-c", "clan"] }],
  ]);
});

it("opens the setting", async () => {
  editor.answers.push("Open Setting");
  expect(await locateOrAskForClan(new Machine("nix"), folder())).toBeUndefined();
  expect(editor.executed).toEqual([["workbench.action.openSettings", "clan.command"]]);
  expect([...editor.settings]).toEqual([]);
});

it("names the program of the setting where that is missing, and tries no other", async () => {
  editor.settings.set("clan.command", { globalValue: ["my-clan"] });
  expect(await locateOrAskForClan(new Machine("clan"), folder())).toBeUndefined();
  expect(editor.messages[0]).toMatch(/^error: my-clan was not found\./);
});

const theirs = ["nix", "run"];

it.each<[string, SettingValues | undefined, readonly string[] | undefined]>([
  ["nothing", undefined, undefined],
  ["the default of the manifest", { defaultValue: ["clan"] }, undefined],
  ["the person", { defaultValue: ["clan"], globalValue: theirs }, theirs],
  ["the workspace", { globalValue: ["x"], workspaceValue: theirs }, theirs],
  ["the folder", { workspaceValue: ["x"], workspaceFolderValue: theirs }, theirs],
  ["an empty list", { globalValue: [] }, undefined],
  ["a text", { globalValue: "clan" }, undefined],
  ["a list of something else", { globalValue: ["clan", 1] }, undefined],
])("the command that is set by %s", (_name, values, expected) => {
  if (values !== undefined) editor.settings.set("clan.command", values);
  expect(clanCommand(folder())).toEqual(expected);
});

it.each([
  [undefined, false],
  [{ globalValue: true }, true],
  [{ globalValue: true, workspaceValue: false }, false],
  [{ globalValue: "true" }, false],
])("asks Nix where it is set so: %j", (values, expected) => {
  if (values !== undefined) editor.settings.set("clan.nixEval", values);
  expect(asksNix(folder())).toBe(expected);
});

function tracking(programs: Machine | undefined = new Machine("git")): Machine | undefined {
  registerTrackFiles(platformOf(programs));
  return programs;
}

const x = "file:///clan/modules/x.nix";

it("lets git track the files of a finding, by names it does not take for patterns or options", async () => {
  const git = tracking();
  await editor.run("clan.trackFiles", { files: [x, "file:///clan/-a*.nix"] });
  const vector = [
    "--literal-pathspecs",
    "add",
    "--intent-to-add",
    "--",
    "/clan/modules/x.nix",
    "/clan/-a*.nix",
  ];
  expect(git?.ran).toEqual([["/bin/git", vector, "/clan/modules"]]);
  expect(editor.dialogues).toEqual([]);
});

it("takes the file that is open, where none is named", async () => {
  const git = tracking();
  editor.active = editor.open(x, "{ }");
  await editor.run("clan.trackFiles");
  expect(git?.ran[0]?.[1].at(-1)).toBe("/clan/modules/x.nix");
});

it("saves those of the files that are open, and no other", async () => {
  tracking();
  const [wanted, other] = [editor.open(x, "{ }"), editor.open("file:///clan/y.nix", "{ }")];
  await editor.run("clan.trackFiles", { files: [x] });
  expect([wanted.isSaved, other.isSaved]).toEqual([true, false]);
});

it.each([
  ["no file", undefined],
  ["a text that is no file", "untitled:x.nix"],
])("asks for a file where there is %s", async (_name, uri) => {
  const git = tracking();
  if (uri !== undefined) editor.active = editor.open(uri, "{ }");
  await editor.run("clan.trackFiles");
  expect(editor.messages).toEqual(["information: Open the file you want to add to Git."]);
  expect(git?.ran).toEqual([]);
});

it("says where there is no git, and saves nothing", async () => {
  tracking(new Machine());
  const document = editor.open(x, "{ }");
  await editor.run("clan.trackFiles", { files: [x] });
  expect(editor.messages).toEqual(["error: Git was not found."]);
  expect(document.isSaved).toBe(false);
});

it("says what git says", async () => {
  const git = tracking();
  git?.results.set("--literal-pathspecs add --intent-to-add -- /clan/modules/x.nix", {
    exitCode: 128,
    stderr: "fatal: not a git repository\n",
  });
  await editor.run("clan.trackFiles", { files: [x] });
  expect(editor.messages).toEqual(["error: git add --intent-to-add: fatal: not a git repository"]);
});

it("runs no git in a workspace that is not trusted, nor in a browser", async () => {
  editor.isTrusted = false;
  const git = tracking();
  await editor.run("clan.trackFiles", { files: [x] });
  expect([git?.looked, git?.ran]).toEqual([[], []]);
  editor.commands.clear();
  registerTrackFiles(platformOf(undefined));
  await editor.run("clan.trackFiles", { files: [x] });
  await settled();
  expect(editor.messages).toEqual([
    expect.stringContaining("is not trusted"),
    expect.stringContaining("in a browser"),
  ]);
});
