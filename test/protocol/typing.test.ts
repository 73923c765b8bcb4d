/** What an editor is told while a person types: lists that open again, words beside labels, edits after a key. */
import { expect, test } from "vitest";
import { CompletionItemTag, type CompletionList } from "vscode-languageserver/node";
import { type ClientOptions, type TestClient, uriOf } from "./client.ts";
import { file, useClients } from "./clients.ts";

const start = useClients();

async function completed(fixture: string, options: ClientOptions = {}) {
  const client = await start(fixture, options);
  client.open(file);
  const answer = await client.connection.sendRequest<CompletionList>(
    "textDocument/completion",
    client.at("$0"),
  );
  return new Map(answer.items.map((item) => [item.label, item]));
}

const clan = (code: string) => `
  #- /clan/clan.nix
  { inventory.machines.web.tags = [ "srv" ]; ${code} }
`;
const code = { initializationOptions: { opensSuggestions: true } };

test.each([
  ["inventory.machines.db = { $0 };", ["deploy", "tags", "machineClass"], ["description", "icon"]],
  ["inventory.instances.zerotier = { $0 };", ["roles", "module"], []],
  ["inventory.instances.zerotier.module = { $0 };", ["input", "name"], []],
  ["inventory.instances.zerotier.roles = { $0 };", ["peer", "moon"], []],
  ["inventory.instances.wireguard.roles = { $0 };", ["peer"], ["controller"]],
  ["inventory.instances.zerotier.roles.peer = { $0 };", ["machines", "tags", "settings"], []],
  ["inventory.instances.zerotier.roles.peer.machines = { $0 };", [], ["web"]],
])("accepting one opens the list again where there is more to offer: %s", async (text, opens, stays) => {
  const items = await completed(clan(text), code);
  for (const label of opens)
    expect(items.get(label)?.command?.command, label).toBe("editor.action.triggerSuggest");
  for (const label of stays) expect(items.get(label)?.command, label).toBeUndefined();
});

test("no command for other editors, and none where the value is there", async () => {
  const text = clan("inventory.instances.zerotier.roles = { $0 };");
  expect((await completed(text)).get("peer")).toMatchObject({ label: "peer" });
  expect((await completed(text)).get("peer")?.command).toBeUndefined();
  const before = await completed(clan("inventory.instances.zerotier.roles.$0 = { };"), code);
  expect(before.get("peer")).toBeDefined();
  expect(before.get("peer")?.command).toBeUndefined();
});

test("services given up come last, and are struck through as the client knows it", async () => {
  const text = clan('inventory.instances.x.module.name = "$0";');
  const tagSupport: { valueSet: [1] } = { valueSet: [CompletionItemTag.Deprecated] };
  const withTags = { textDocument: { completion: { completionItem: { tagSupport } } } };
  const items = [...(await completed(text, { capabilities: withTags })).values()];
  expect(items.slice(-2).map(({ label, tags }) => [label, tags])).toEqual([
    ["admin", [CompletionItemTag.Deprecated]],
    ["certificates", [CompletionItemTag.Deprecated]],
  ]);
  expect((await completed(text)).get("admin")).toMatchObject({ deprecated: true });
});

test("what a service is for stands beside its name, for clients that show it", async () => {
  const text = clan('inventory.instances.x.module.name = "$0";');
  const capabilities = { textDocument: { completion: { completionItem: { labelDetailsSupport: true } } } };
  const items = await completed(text, { capabilities });
  expect(items.get("borgbackup")?.labelDetails?.description).toContain("backups");
  expect((await completed(text)).get("borgbackup")?.labelDetails).toBeUndefined();
});

/** The text after the key at `$0` was typed. */
async function typed(client: TestClient, ch: string): Promise<string> {
  client.open(file);
  const edits = await client.connection.sendRequest<
    {
      range: { start: { line: number; character: number }; end: { line: number; character: number } };
      newText: string;
    }[]
  >("textDocument/onTypeFormatting", { ...client.at("$0"), ch, options: { tabSize: 2, insertSpaces: true } });
  const lines = (client.files.readFile(file) ?? "").split("\n");
  for (const { range, newText } of edits.toReversed()) {
    const line = lines[range.start.line] ?? "";
    expect(range.end.line).toBe(range.start.line);
    lines[range.start.line] =
      line.slice(0, range.start.character) + newText + line.slice(range.end.character);
  }
  return lines.join("\n").trim();
}

test.each([
  ["{ roles.peer = { .tags =$0 }; }", "{ roles.peer.tags = }"],
  ["{ roles.peer = {.tags =$0}; }", "{ roles.peer.tags = }"],
  ['{ machines."a b" = { .tags =$0 }; }', '{ machines."a b".tags = }'],
  ["{ roles.peer = { .tags =$0 } }", "{ roles.peer.tags = }"],
  ['{ roles.peer = { .tags = [ "all" ];$0 }; }', '{ roles.peer.tags = [ "all" ]; }'],
  ['{ roles.peer = { .settings."a b" = 1;$0 }; }', '{ roles.peer.settings."a b" = 1; }'],
  ["{ roles.peer = { .tags = { a = 1;$0 }; }; }", "{ roles.peer.tags = { a = 1; }; }"],
  ["{ a = { .b = { c = { .d = { };$0 }; } }; }", "{ a.b = { c.d = { }; } }"],
  ["{ a = { .b = \"}\" + ''};'';$0 }; }", "{ a.b = \"}\" + ''};''; }"],
  ["{ a = { .b = 1; c = 2;$0 }; }", "{ a = { .b = 1; c = 2; }; }"],
  ["{ a = { .b = 1; }; c = 2;$0 }", "{ a = { .b = 1; }; c = 2; }"],
  ["{ roles.peer = { .tags = [$0] }; }", "{ roles.peer.tags = [] }"],
  ["{ roles.peer = { .settings = {$0} }; }", "{ roles.peer.settings = {} }"],
  ["{ roles.peer = { .settings = { $0 } }; }", "{ roles.peer.settings = {  } }"],
  ["{ a = { .b = {\n    $0\n  } };\n}", "{ a.b = {\n    \n  }\n}"],
  ["{ a = { .b = { c = 1; $0 } }; }", "{ a.b = { c = 1;  } }"],
  ["{ a = [ .b =$0 ]; }", "{ a = [ .b = ]; }"],
  ['{ a = ".b =$0"; }', '{ a = ".b ="; }'],
  ["{ a = { b.c =$0 }; }", "{ a = { b.c = }; }"],
  ["{ a = { b = 1; .c =$0 }; }", "{ a = { b = 1; .c = }; }"],
])("a path that begins with a dot in an empty set goes on with the name: %s", async (text, expected) => {
  const ch = text.charAt(text.indexOf("$0") - 1);
  expect(await typed(await start(`#- ${file}\n${text}`), ch)).toBe(expected);
});

test("accepting a name behind such a dot does it too", async () => {
  const items = await completed(clan("inventory.instances.zerotier.roles = { peer = { .ta$0 }; };"));
  const { textEdit, additionalTextEdits } = items.get("tags") ?? {};
  const line = (character: number) => ({ line: 0, character });
  const before = '{ inventory.machines.web.tags = [ "srv" ]; inventory.instances.zerotier.roles = { peer'
    .length;
  expect(textEdit).toMatchObject({ range: { start: line(before + 6), end: line(before + 11) } });
  expect(additionalTextEdits).toEqual([
    { range: { start: line(before), end: line(before + 5) }, newText: "" },
  ]);
});

test.each([
  ["let\n  a = 1;\n  in\n  $0", "let\n  a = 1;\nin"],
  ["x:\n  let\n    a = 1;\n    in\n      $0", "x:\n  let\n    a = 1;\n  in"],
  [
    "let\n  a =\n    let\n      b = 1;\n    in\n    b;\n  in\n  $0",
    "let\n  a =\n    let\n      b = 1;\n    in\n    b;\nin",
  ],
  ["{\n  in\n  $0\n}", "{\n  in\n  \n}"],
])("`in` on its own line stands below its `let`: %s", async (text, expected) => {
  expect((await typed(await start(`#- ${file}\n${text}`), "\n")).trimEnd()).toBe(expected);
});

test("it speaks of open documents only", async () => {
  const client = await start(`#- ${file}\n{ }`);
  const params = { textDocument: { uri: uriOf("/clan/none.nix") }, position: { line: 0, character: 0 } };
  expect(
    await client.connection.sendRequest("textDocument/onTypeFormatting", { ...params, ch: ".", options: {} }),
  ).toEqual([]);
});
