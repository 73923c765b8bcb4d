/** How one begins a clan. */
import { expect, it } from "vitest";
import { registerBegin } from "../../../../client/src/wizards/begin.ts";
import { editor } from "../helpers/editor.ts";

const flake = "file:///clan/flake.nix";
const begin = () => {
  registerBegin("publisher.clan");
  return editor.run("clan.newClan");
};
const suggests = () => editor.executed.some(([command]) => command === "editor.action.triggerSuggest");

it("opens a new flake.nix with the suggestions", async () => {
  await begin();
  expect(editor.files.get(flake)).toBe("");
  expect(editor.shown.map(([uri]) => uri)).toEqual([flake]);
  expect(suggests()).toBe(true);
});

it("leaves one that is there as it is", async () => {
  editor.files.set(flake, "{ }");
  await begin();
  expect(editor.files.get(flake)).toBe("{ }");
  expect(editor.shown.map(([uri]) => uri)).toEqual([flake]);
  expect(suggests()).toBe(false);
});

it("asks in which of several folders, and for one where none is open", async () => {
  editor.folders = ["file:///clan", "file:///lab"];
  editor.answers.push("lab");
  await begin();
  expect([...editor.files.keys()]).toEqual(["file:///lab/flake.nix"]);
  await editor.run("clan.newClan");
  expect(editor.files.size).toBe(1);
  editor.folders = [];
  editor.answers.push("Open Folder…");
  await editor.run("clan.newClan");
  expect(editor.messages).toEqual(["information: Open the folder that the clan shall be in first."]);
  expect(editor.executed.at(-1)).toEqual(["workbench.action.files.openFolder"]);
});

it("opens the walkthrough of the manifest", async () => {
  registerBegin("publisher.clan");
  await editor.run("clan.openWalkthrough");
  expect(editor.executed).toEqual([["workbench.action.openWalkthrough", "publisher.clan#begin", false]]);
});
