/** What a person reads of an edit before it is made. */
import { expect, test } from "vitest";
import { describeAddition, editedUris } from "../../../client/src/wizards/describe-edit.ts";

const show = (uri: string) => uri.replace("file:///clan/", "");
const at = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const edits = [{ range: at, newText: "nb = { };" }];
const text = (uri: string) => ({ textDocument: { uri, version: null }, edits });

test("texts it adds to come before files it creates", () => {
  const created = "file:///clan/machines/nb/configuration.nix";
  const documentChanges = [
    { kind: "create" as const, uri: created },
    text(created),
    text("file:///clan/clan.nix"),
  ];
  expect(describeAddition({ documentChanges }, show)).toBe(
    "Adds to clan.nix, creates machines/nb/configuration.nix",
  );
});

test("an editor that makes no files is told of the text alone", () => {
  const changes = { "file:///clan/clan.nix": edits };
  expect(describeAddition({ changes }, show)).toBe("Adds to clan.nix");
  expect(describeAddition({}, show)).toBe("");
});

test("the texts of an edit are each named once", () => {
  const documentChanges = [text("file:///b"), text("file:///a"), text("file:///b")];
  expect(editedUris({ documentChanges })).toEqual(["file:///a", "file:///b"]);
});
