/** What is offered in a tasks.json: the text after accepting an item, and silence wherever no task of ours is. */
import { expect, it } from "vitest";
import type { CompletionItem, CompletionItemProvider } from "vscode";
import { registerTaskCompletion } from "../../../client/src/task-completion.ts";
import type { ClanSummary, VarsParams } from "../../../shared/requests.ts";
import type { Position } from "./helpers/classes.ts";
import { editor } from "./helpers/editor.ts";
import { clan } from "./views/clan.ts";

const lab: ClanSummary = { ...clan, root: "file:///clan/lab", name: "lab", machines: clan.machines.slice(1) };
const tasksJson = "file:///clan/.vscode/tasks.json";

interface Registered {
  readonly selector: readonly { readonly language?: string; readonly pattern: string }[];
  readonly provider: CompletionItemProvider;
  readonly characters: readonly string[];
}

function registered(asked: VarsParams[] = []): Registered {
  registerTaskCompletion(
    async () => [clan, lab],
    async (params) => {
      asked.push(params);
      const files = [
        { name: "key", secret: true, exists: true },
        { name: "cert", secret: false, exists: true },
      ];
      const ca = { name: "ca", files, replaces: [], folder: undefined, place: undefined };
      return { generators: [ca], open: undefined };
    },
  );
  return editor.registration<Registered>("completion");
}

/** The items at `$0`, with the whole text after accepting each. */
async function offered(marked: string, uri = tasksJson, asked: VarsParams[] = []) {
  const text = marked.replace("$0", "");
  const document = editor.open(uri, text);
  const position = document.positionAt(marked.indexOf("$0"));
  const { provider } = registered(asked);
  const found = await provider.provideCompletionItems(
    document as never,
    position as never,
    {} as never,
    {} as never,
  );
  return ((found ?? []) as CompletionItem[]).map((item) => {
    const range = item.range as unknown as { start: Position; end: Position };
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    expect(item.filterText).toBe(item.insertText);
    return { ...item, text: text.slice(0, start) + item.insertText + text.slice(end) };
  });
}

const task = (fields: string) => `{ "tasks": [{ "type": "clan", ${fields} }] }`;
const labels = (items: readonly CompletionItem[]) => items.map(({ label }) => label);

it("offers machines with what is known of them, quotes and all", async () => {
  const items = await offered(task('"machines": ["$0"]'));
  expect(items.map(({ label, detail, text }) => [label, detail, text])).toEqual([
    ['"mac"', "all, darwin", task('"machines": ["mac"]')],
    ['"web"', "root@web", task('"machines": ["web"]')],
  ]);
});

it("offers them where no quote is typed yet, and instead of what is begun", async () => {
  expect((await offered(task('"machines": [$0]')))[0]?.text).toBe(task('"machines": ["mac"]'));
  editor.registered.clear();
  expect((await offered(task('"machines": ["m$0x"]')))[0]?.text).toBe(task('"machines": ["mac"]'));
});

it("leaves out machines that are named already", async () => {
  expect(labels(await offered(task('"machines": ["web", "$0"]')))).toEqual(['"mac"']);
});

it.each([
  ['"folder": "lab", "machines": ["$0"]', ['"web"']],
  ['"folder": "lab/", "machines": ["$0"]', ['"web"']],
  ['"folder": ".", "machines": ["$0"]', ['"mac"', '"web"']],
  ['"folder": "/clan/lab", "machines": ["$0"]', ['"web"']],
  ['"folder": "none", "machines": ["$0"]', []],
])("offers machines of the clan in the task's folder: %s", async (fields, expected) => {
  expect(labels(await offered(task(fields)))).toEqual(expected);
});

it("offers the clans' folders, from the workspace's", async () => {
  const items = await offered(task('"folder": "$0"'));
  expect(items.map(({ label, detail }) => [label, detail])).toEqual([
    ['"."', "home"],
    ['"lab"', "lab"],
  ]);
});

it("offers vars of the machine that is named", async () => {
  const asked: VarsParams[] = [];
  const items = await offered(task('"machines": ["web"], "var": "$0"'), tasksJson, asked);
  expect(items.map(({ label, detail }) => [label, detail])).toEqual([
    ['"ca/key"', "secret"],
    ['"ca/cert"', undefined],
  ]);
  expect(asked).toEqual([{ root: "file:///clan", machine: "web" }]);
});

it.each([
  ["another type", '{ "tasks": [{ "type": "npm", "machines": ["$0"] }] }'],
  ["no type", '{ "tasks": [{ "machines": ["$0"] }] }'],
  ["the name of a field", task('"$0": []')],
  ["a field of VS Code", task('"label": "$0"')],
  ["a var without a machine", task('"var": "$0"')],
  ["beside the tasks", '{ "type": "clan", "machines": ["$0"] }'],
  ["the list of tasks", '{ "tasks": [$0] }'],
  ["a task", '{ "tasks": ["$0"] }'],
  ["what is no list", '{ "tasks": { "type": "clan", "machines": ["$0"] } }'],
  ["the file of a workspace, in tasks.json", '{ "folders": [{ "type": "clan", "machines": ["$0"] }] }'],
  ["nothing", "$0"],
])("is silent in %s", async (_name, text) => {
  expect(await offered(text)).toEqual([]);
});

it("offers the same in the file of a workspace, below its tasks", async () => {
  const file = "file:///elsewhere/my.code-workspace";
  const text = `{ "folders": [], "tasks": ${task('"machines": ["$0"]')} }`;
  expect(labels(await offered(text, file))).toEqual(['"mac"', '"web"']);
});

it("offers what belongs to the folder of the tasks.json", async () => {
  editor.folders = ["file:///clan", "file:///clan/lab"];
  const text = task('"machines": ["$0"]');
  expect(labels(await offered(text, "file:///clan/lab/.vscode/tasks.json"))).toEqual(['"web"']);
});

it("offers nothing without a folder", async () => {
  editor.folders = [];
  expect(await offered(task('"machines": ["$0"]'))).toEqual([]);
});

it("is asked when a quote is typed, in these files alone", () => {
  const { selector, characters } = registered();
  expect(characters).toEqual(['"']);
  expect(selector).toEqual([
    { language: "jsonc", pattern: "**/.vscode/tasks.json" },
    { pattern: "**/*.code-workspace" },
  ]);
});
