/** Which entries the menus of rows have: the `when` of each against what rows say of themselves. */
import { expect, it } from "vitest";
import { type TreeEntry, viewItem } from "../../../../client/src/views/entry.ts";
import { entryCommands, whenOf } from "../../../../client/src/views/entry-commands.ts";
import { generatorEntries } from "../../../../client/src/views/generator-entries.ts";
import { machineTree } from "../../../../client/src/views/machine-tree.ts";
import { serviceTree } from "../../../../client/src/views/service-tree.ts";
import { clan, entryAt, line } from "./clan.ts";

/** As VS Code reads `viewItem =~ /…/ && viewItem =~ /…/`. */
function menu(entry: TreeEntry): string[] {
  const item = viewItem(entry);
  const holds = (when: string) =>
    when
      .split(" && ")
      .every((part) => new RegExp(/^viewItem =~ \/(.*)\/$/.exec(part)?.[1] ?? "^$").test(item));
  return Object.values(entryCommands)
    .filter((command) => holds(whenOf(command)))
    .map(({ title }) => title);
}

const named = ["Go to Definition", "Show Documentation", "Rename…"];
const [go, explain, rename] = named;
const changes = [rename, "Add or Change…", "Remove…", "Copy Name"];
const role = [go, explain, "Add Machines or Tags…", rename, "Add or Change…", "Copy Name"];

it("has all that can be done with what is written", () => {
  expect(menu(entryAt(machineTree([clan]), "mac"))).toEqual([go, explain, "New Generator…", ...changes]);
  expect(menu(entryAt(machineTree([clan]), "web", "mesh / peer"))).toEqual(role);
  expect(menu(entryAt(serviceTree([clan]), "mesh"))).toEqual([
    go,
    explain,
    "Add Machines or Tags…",
    ...changes,
  ]);
  expect(menu(entryAt(serviceTree([clan]), "mesh", "controller"))).toEqual(role);
});

it("leads nowhere where it is not known where something is written", () => {
  expect(menu(entryAt(machineTree([clan]), "web"))).toEqual(["New Generator…", "Copy Name"]);
  expect(menu(entryAt(serviceTree([clan]), "mesh", "peer", "gone"))).toEqual([]);
});

it("leads to the files of a generator where there are some", () => {
  const generator = { name: "ca", files: [], replaces: [], place: line(2) };
  const machine = { root: "file:///clan", machine: "web" };
  const menuOf = (folder: string | undefined) =>
    generatorEntries({ generators: [{ ...generator, folder }], open: undefined }, "vars", machine).map(menu);
  expect(menuOf(undefined)).toEqual([[...named, "Copy Name"]]);
  expect(menuOf("file:///clan/vars/shared/ca")).toEqual([
    ["Go to Definition", "Show Documentation", "Reveal in Explorer", "Rename…", "Copy Name", "Copy Path"],
  ]);
});

it("stops what runs for a machine, and shows its terminal", () => {
  const noted = (state: "running" | "done") =>
    menu(entryAt(machineTree([clan], { noteOn: () => ({ state, says: "", error: undefined }) }), "web"));
  expect(noted("running")).toEqual(["Stop", "Show Terminal", "New Generator…", "Copy Name"]);
  expect(noted("done")).toEqual(["Show Terminal", "New Generator…", "Copy Name"]);
});
