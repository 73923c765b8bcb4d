/** Adding a machine to the inventory, and removing what is left of one that clan deleted. */
import { expect, it, test } from "vitest";
import { Uri } from "vscode";

import { offerRemoval } from "../../../client/src/remove-machine.ts";
import { registerWizards } from "../../../client/src/wizards/wizards.ts";
import {
  type ClanSummary,
  type NewMachineParams,
  newMachineRequest,
  removeMachineRequest,
} from "../../../shared/requests.ts";
import { editor } from "./helpers/editor.ts";
import { LanguageClient } from "./helpers/language-client.ts";
import { settled } from "./helpers/machine.ts";
import { clan } from "./views/clan.ts";
import { tick } from "./wizards/lists.ts";

const file = "file:///clan/clan.nix";
const text = "{\n  inventory.machines = {\n    web = { };\n  };\n}\n";

function insertion(line: number, newText: string) {
  const position = { line, character: 0 };
  return { range: { start: position, end: position }, newText };
}

/** What the server says for a machine: its folder, and its name in the inventory. */
function additionOf({ name, class: machineClass }: NewMachineParams) {
  const uri = `file:///clan/machines/${name}/configuration.nix`;
  const value = machineClass === "darwin" ? '{ machineClass = "darwin"; }' : "{ }";
  return {
    documentChanges: [
      { kind: "create", uri },
      { textDocument: { uri, version: null }, edits: [insertion(0, "{ }\n")] },
      { textDocument: { uri: file, version: null }, edits: [insertion(3, `    ${name} = ${value};\n`)] },
    ],
  };
}

type Addition = (params: NewMachineParams) => unknown;

function setUp(addition: Addition = additionOf, clans: readonly ClanSummary[] = [clan]): LanguageClient {
  const client = new LanguageClient();
  client.answers.set(newMachineRequest, addition);
  editor.files.set(file, text);
  registerWizards(client.real, async () => clans);
  return client;
}

const add = (...parameters: readonly unknown[]) => editor.run("clan.newMachine", ...parameters);

/** What there is in the files that are not as they were. */
function written(): Record<string, string> {
  return Object.fromEntries([...editor.files].filter(([uri, now]) => uri !== file || now !== text));
}

it("asks for a name and a class, saying what each changes, and shows what it wrote", async () => {
  setUp();
  editor.answers.push("web", "nb", "macOS", "", "Add");
  await add();
  expect(editor.problems).toEqual(["There is a machine web already."]);
  const [box, , list] = editor.dialogues;
  expect([box?.text, list?.text]).toEqual(["New Machine: home", "New Machine: home"]);
  const items = list?.options["items"] as { label: string; description: string; detail: string }[];
  const detail = "Adds to clan.nix, creates machines/nb/configuration.nix";
  expect(items.map(({ label, description, detail: line }) => [label, description, line])).toEqual([
    ["NixOS", "", detail],
    ["macOS", "with nix-darwin", detail],
  ]);
  expect(written()).toEqual({
    [file]: text.replace("  };", '    nb = { machineClass = "darwin"; };\n  };'),
    "file:///clan/machines/nb/configuration.nix": "{ }\n",
  });
  const shown = editor.dialogues.at(-1);
  expect([shown?.text, shown?.choices, shown?.options]).toEqual([
    "Add the machine nb?",
    ["Add"],
    {
      modal: true,
      detail:
        'machines/nb/configuration.nix (new file):\n    { }\n\nclan.nix:\n    nb = { machineClass = "darwin"; };',
    },
  ]);
  // The cursor is before the name.
  const at = { line: 3, character: 4 };
  expect(editor.shown).toEqual([[file, { start: at, end: at }]]);
});

it("asks the server for both classes of this clan", async () => {
  const client = setUp();
  editor.answers.push("nb");
  await add();
  expect(client.requests).toEqual([
    [newMachineRequest, { root: clan.root, name: "nb", class: "nixos" }],
    [newMachineRequest, { root: clan.root, name: "nb", class: "darwin" }],
  ]);
});

it("asks for tags that others have and for the host, and says them to the server", async () => {
  const tags = [
    { name: "all", machines: ["web"] },
    { name: "srv", machines: ["web"] },
  ];
  const client = setUp(additionOf, [{ ...clan, tags }]);
  editor.answers.push("nb", "NixOS", "-x", "root@nb", "Add");
  const done = add();
  expect((await tick("srv")).rows).toEqual(["srv · web", "No tags"]);
  await done;
  expect(editor.problems).toHaveLength(1);
  expect(client.requests.at(-1)?.[1]).toEqual({
    root: clan.root,
    name: "nb",
    class: "nixos",
    tags: ["srv"],
    targetHost: "root@nb",
  });
  expect(editor.applied).toHaveLength(1);
  editor.answers.push("nc", "NixOS");
  const left = add();
  await tick();
  await left;
  expect(editor.applied).toHaveLength(1);
});

it("shows the place also after a server that knows only texts", async () => {
  setUp(({ name }) => ({ changes: { [file]: [insertion(2, `\n    ${name} = { };`)] } }));
  editor.answers.push("nb", "NixOS", "", "Add");
  await add();
  // The text begins with a line break: the name is a line below.
  const at = { line: 3, character: 4 };
  expect(editor.shown).toEqual([[file, { start: at, end: at }]]);
});

it.each([
  ["no edits of texts", { documentChanges: [{ kind: "create", uri: "file:///clan/x.nix" }] }],
  ["no text", { changes: { [file]: [] } }],
  ["nothing at all", {}],
])("shows no place where the server sends %s", async (_name, edit) => {
  setUp(() => edit);
  editor.answers.push("nb", "NixOS", "", "Add");
  await add();
  expect(editor.applied).toHaveLength(1);
  expect(editor.shown).toEqual([]);
});

it.each([[[]], [["nb"]], [["nb", "NixOS"]]])(
  "writes nothing where the person leaves after %j",
  async (answers) => {
    setUp();
    editor.answers.push(...answers);
    await add();
    expect(editor.applied).toEqual([]);
    expect(editor.dialogues).toHaveLength(answers.length + 1);
  },
);

it("shows nothing where VS Code refuses the edit", async () => {
  setUp();
  editor.appliesEdits = false;
  editor.answers.push("nb", "NixOS", "", "Add");
  await add();
  expect(editor.shown).toEqual([]);
});

it("says of a computed inventory that it cannot be added to", async () => {
  setUp(() => null);
  editor.answers.push("nb");
  await add();
  expect(editor.messages).toEqual([
    "information: The inventory of home is computed by code. Add the machine nb there by hand.",
  ]);
  expect(editor.applied).toEqual([]);
});

it("writes nothing for a class that cannot be added, where the other can", async () => {
  setUp((params) => (params.class === "nixos" ? null : additionOf(params)));
  editor.answers.push("nb", "NixOS", "", "Add");
  await add();
  editor.answers.length = 0;
  const items = editor.dialogues[1]?.options["items"] as { detail: string }[];
  expect(items.map(({ detail }) => detail)).toEqual([
    "",
    "Adds to clan.nix, creates machines/nb/configuration.nix",
  ]);
  expect([editor.applied, editor.messages]).toEqual([[], []]);
});

const lab = { ...clan, root: "file:///lab", name: "lab" };

test("the clan is asked for where there are several, and known where a row or lens says it", async () => {
  setUp(additionOf, [clan, lab]);
  await add();
  expect(editor.dialogues.map(({ text: said, choices }) => [said, choices])).toEqual([
    ["Clan", ["home", "lab"]],
  ]);
  await add({ root: lab.root });
  expect(editor.dialogues.at(-1)?.text).toBe("New Machine: lab");
});

test("without a clan it says so", async () => {
  setUp(additionOf, []);
  await add({});
  expect(editor.messages).toEqual([expect.stringMatching(/^information: There is no clan/)]);
});

const gone = insertion(2, "");

/** After `clan machines delete web`, of a server that answers so, one answer after the other. */
async function removal(...answers: readonly unknown[]): Promise<LanguageClient> {
  const client = new LanguageClient();
  const left = [...answers];
  if (left.length > 0)
    client.answers.set(removeMachineRequest, () => (left.length > 1 ? left.shift() : left[0]));
  await offerRemoval(client.real, "clan machines delete web: done.", Uri.parse("file:///clan"), "web");
  await settled();
  return client;
}

const done = "information: clan machines delete web: done.";
const named = { changes: { [file]: [gone] } };

it.each([
  ["nothing names the machine", [null]],
  ["the edit is empty", [{ changes: {} }]],
  ["the server does not answer", []],
])("says that the machine is deleted, and no more, where %s", async (_name, answers) => {
  const client = await removal(...answers);
  expect(client.requests).toEqual([[removeMachineRequest, { root: "file:///clan", name: "web" }]]);
  expect(editor.dialogues.map(({ choices }) => choices)).toEqual([[]]);
  expect(editor.messages).toEqual([done]);
});

it("says what still names it, and removes that as one refactoring", async () => {
  editor.answers.push("Remove Machine");
  await removal(named);
  expect(editor.messages).toEqual([`${done} clan.nix still names web.`]);
  expect(editor.applied).toEqual([[named, { isRefactoring: true }]]);
});

it("names all files that do", async () => {
  await removal({ changes: { [file]: [gone], "file:///clan/a.nix": [gone] } });
  expect(editor.messages).toEqual([`${done} a.nix, clan.nix still name web.`]);
});

it("removes nothing unasked", async () => {
  await removal(named);
  expect(editor.dialogues[0]?.choices).toEqual(["Remove Machine"]);
  expect(editor.applied).toEqual([]);
});

it("asks the server again before it removes: the files may have changed", async () => {
  editor.answers.push("Remove Machine");
  const now = { changes: { "file:///clan/now.nix": [gone] } };
  await removal(named, now);
  expect(editor.applied).toEqual([[now, { isRefactoring: true }]]);
});

it("removes nothing where nothing names the machine any more", async () => {
  editor.answers.push("Remove Machine");
  await removal(named, null);
  expect(editor.applied).toEqual([]);
});
