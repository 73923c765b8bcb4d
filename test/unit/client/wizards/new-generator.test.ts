/** Adding a generator, question by question. */
import { expect, it } from "vitest";
import { registerWizards } from "../../../../client/src/wizards/wizards.ts";
import {
  type GeneratorPlaceSummary,
  generatorPlacesRequest,
  type NewGeneratorParams,
  newGeneratorRequest,
} from "../../../../shared/requests.ts";
import { editor } from "../helpers/editor.ts";
import { LanguageClient } from "../helpers/language-client.ts";
import { clan } from "../views/clan.ts";

const file = "file:///clan/machines/web/configuration.nix";
const places: readonly GeneratorPlaceSummary[] = [
  { uri: file, machines: ["web"], isNew: false },
  { uri: "file:///clan/machines/nb/configuration.nix", machines: ["nb"], isNew: true },
  { uri: "file:///clan/modules/base.nix", machines: ["a", "b", "c", "d", "e"], isNew: false },
];

const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 0 } });
const edit = {
  changes: {
    [file]: [
      { range: at(0), newText: "{ pkgs, ... }:\n" },
      { range: at(1), newText: "  a = 1;\n" },
    ],
  },
};

type Reply = (params: NewGeneratorParams) => { edit?: null; problems?: readonly string[] };

function setUp(reply: Reply = () => ({}), offered = places): LanguageClient {
  const client = new LanguageClient();
  client.answers.set(generatorPlacesRequest, () => offered);
  client.answers.set(newGeneratorRequest, (params: NewGeneratorParams) => ({
    edit,
    problems: [],
    ...reply(params),
  }));
  editor.files.set(file, "{\n}\n");
  registerWizards(client.real, async () => [clan]);
  return client;
}

const base = "modules/base.nix";
const own = "machines/web/configuration.nix";

it("asks for the module, what it makes, who shares it and its name, and writes what it has shown", async () => {
  const client = setUp();
  editor.answers.push(own, "SSH Key", "All Machines Share One", "deploy", "Add");
  await editor.run("clan.newGenerator");
  const [module] = editor.dialogues;
  const items = module?.options["items"] as { label: string; description: string; detail: string }[];
  expect(items.map(({ label, description, detail }) => [label, description, detail])).toEqual([
    [own, "web", ""],
    ["machines/nb/configuration.nix", "nb", "a new file"],
    [base, "a, b, c and 2 more", ""],
  ]);
  const params = { root: clan.root, uri: file, name: "deploy", kind: "ssh-key", share: true };
  expect(client.requests.at(-1)).toEqual([newGeneratorRequest, params]);
  expect(editor.dialogues.at(-1)).toMatchObject({
    text: "Add the generator deploy?",
    options: { modal: true, detail: `${own}:\n    { pkgs, ... }:\n    a = 1;` },
  });
  expect(editor.files.get(file)).toBe("{ pkgs, ... }:\n{\n  a = 1;\n}\n");
  // Where the generator is, below the line that came before it.
  const cursor = { line: 2, character: 2 };
  expect(editor.shown).toEqual([[file, { start: cursor, end: cursor }]]);
});

it("asks of a machine's row for its modules only", async () => {
  const client = setUp();
  await editor.run("clan.newGenerator", { target: { root: clan.root, machines: ["web"] } });
  expect(client.requests).toEqual([[generatorPlacesRequest, { root: clan.root, machine: "web" }]]);
});

it("checks the name as it is typed", async () => {
  setUp(({ name }) =>
    name === "taken" ? { edit: null, problems: ["web has it."] } : name === "odd" ? { edit: null } : {},
  );
  editor.answers.push(own, "Random Token", "Each Machine Has Its Own", "-x", "taken", "odd", "fine", "Add");
  await editor.run("clan.newGenerator");
  expect(editor.problems).toEqual([
    "This is not the name of a generator.",
    "web has it.",
    `${own} cannot be added to.`,
  ]);
  expect(editor.applied).toHaveLength(1);
});

it("says where there is no module to add to", async () => {
  setUp(() => ({}), []);
  await editor.run("clan.newGenerator");
  await editor.run("clan.newGenerator", { target: { root: clan.root, machines: ["web"] } });
  expect(editor.messages).toEqual([
    "information: No module of the machines of home can be added to. Write the generator by hand.",
    "information: No module of web can be added to. Write the generator by hand.",
  ]);
});

it.each([
  [[]],
  [[own]],
  [[own, "Random Token"]],
  [[own, "Random Token", "Each Machine Has Its Own"]],
  [[own, "Random Token", "Each Machine Has Its Own", "x"]],
])("writes nothing where the person leaves after %j", async (answers) => {
  setUp();
  editor.answers.push(...answers);
  await editor.run("clan.newGenerator");
  expect(editor.answers).toEqual([]);
  expect(editor.applied).toEqual([]);
});
