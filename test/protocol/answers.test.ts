/** Answers suit the client: what it can show, and which commands it has. */
import { describe, expect, test } from "vitest";
import {
  type ClientCapabilities,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  CompletionResolveRequest,
  DocumentSymbolRequest,
} from "vscode-languageserver/node";
import { clan, useClients } from "./clients.ts";

const start = useClients();

describe("answers", () => {
  test("a completion as a snippet, or plain for a client without them", async () => {
    const params = async (capabilities: ClientCapabilities) => {
      const client = await start(clan, { capabilities });
      const answer = await client.connection.sendRequest(CompletionRequest.type, client.at("$2"));
      const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
      return items.find((item) => item.label === "moon")?.textEdit?.newText;
    };
    const snippets = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
    expect(await params(snippets)).toBe("moon = { $0 };");
    expect(await params({})).toBe("moon = {  };");
  });

  test("documentation with the item, or when the client asks for it", async () => {
    const documented = async (capabilities: ClientCapabilities) => {
      const client = await start(clan, { capabilities });
      const answer = await client.connection.sendRequest(CompletionRequest.type, client.at("$2"));
      const item = (Array.isArray(answer) ? answer : (answer?.items ?? [])).find(
        ({ label }) => label === "moon",
      );
      if (item === undefined) throw new Error("moon is not offered");
      const resolves = client.initialized.capabilities.completionProvider?.resolveProvider === true;
      const resolved = resolves
        ? await client.connection.sendRequest(CompletionResolveRequest.type, item)
        : item;
      return { before: item.documentation, resolves, after: resolved.documentation };
    };
    const resolveSupport = { properties: ["documentation"] };
    const lazy = await documented({ textDocument: { completion: { completionItem: { resolveSupport } } } });
    expect(lazy).toMatchObject({
      before: undefined,
      resolves: true,
      after: { value: expect.stringMatching(/role/) },
    });
    const eager = await documented({});
    expect(eager).toMatchObject({ resolves: false, after: { value: expect.stringMatching(/role/) } });
  });

  test("lenses on machines, for a client that has the commands", async () => {
    const lenses = async (commands: boolean) => {
      const settings = { codeLens: { machines: "always" } };
      const client = await start(clan, {
        initializationOptions: { commands },
        settings,
        capabilities: { workspace: { configuration: true } },
      });
      const answer = await client.connection.sendRequest(CodeLensRequest.type, client.at("$0"));
      return [client.initialized.capabilities.codeLensProvider, answer?.map(({ command }) => command)];
    };
    const [provider, commands] = await lenses(true);
    expect(provider).toEqual({});
    expect(commands).toContainEqual({
      title: "Generate vars",
      command: "clan.generateVars",
      arguments: [{ root: "file:///clan", machines: ["web"] }],
    });
    expect(await lenses(false)).toEqual([undefined, []]);
  });

  test("a change that makes a file, for a client that can make one", async () => {
    const fixture = "#- /clan/clan.nix\n{ inventory.machines = {$0 }; }";
    const changes = async (capabilities: ClientCapabilities) => {
      const client = await start(fixture, { capabilities });
      const { textDocument, position } = client.at("$0");
      const range = { start: position, end: position };
      const params = { textDocument, range, context: { diagnostics: [] } };
      const answer = await client.connection.sendRequest(CodeActionRequest.type, params);
      return (answer ?? []).filter(({ title }) => title.startsWith("Add machine"));
    };
    const workspaceEdit = { documentChanges: true, resourceOperations: ["create" as const] };
    expect(await changes({ workspace: { workspaceEdit } })).toMatchObject([
      {
        kind: "refactor",
        edit: {
          documentChanges: [
            { kind: "create", uri: "file:///clan/machines/new-machine/configuration.nix" },
            { textDocument: { uri: "file:///clan/machines/new-machine/configuration.nix" } },
            { edits: [{ newText: " new-machine = { }; " }] },
          ],
        },
      },
    ]);
    expect(await changes({})).toMatchObject([
      { edit: { changes: { "file:///clan/clan.nix": [{ newText: " new-machine = { }; " }] } } },
    ]);
  });

  test("what takes something out of the clan alone, for a client that asks for that kind", async () => {
    const client = await start("#- /clan/clan.nix\n{ inventory.machines.w$0eb = { }; }");
    const { textDocument, position } = client.at("$0");
    const range = { start: position, end: position };
    const actions = async (kind: string) => {
      const params = { textDocument, range, context: { diagnostics: [], only: [kind] } };
      const answer = await client.connection.sendRequest(CodeActionRequest.type, params);
      return (answer ?? []).map(({ title }) => title);
    };
    expect(await actions("refactor.remove")).toEqual(["Remove machine `web` from the clan"]);
    expect((await actions("refactor")).length).toBeGreaterThan(1);
  });

  test("a fix that moves a folder, for a client that can move one", async () => {
    const fixture = `
      #- /clan/flake.nix
      {
        inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
        outputs = { self, clan-core }: {
          clan = clan-core.lib.clan { inherit self; meta.name = "x"; inventory.machines.a = { }; };
        };
      }
      #- /clan/machines/a/configuration.nix
      { imports = [ ../common/users.nix ]; }
      #- /clan/machines/common/users.nix
      $0{ }
    `;
    const fixes = async (capabilities: ClientCapabilities) => {
      const client = await start(fixture, { capabilities });
      const { textDocument, position } = client.at("$0");
      const range = { start: position, end: position };
      const params = { textDocument, range, context: { diagnostics: [], only: ["quickfix"] } };
      const actions = await client.connection.sendRequest(CodeActionRequest.type, params);
      return actions?.filter(({ title }) => !title.startsWith("Ignore "));
    };
    const workspaceEdit = { documentChanges: true, resourceOperations: ["rename" as const] };
    expect(await fixes({ workspace: { workspaceEdit } })).toMatchObject([
      {
        title: "Move the folder to `modules/common`",
        edit: {
          documentChanges: [
            { edits: [{ newText: "../../modules/common/users.nix" }] },
            { kind: "rename", oldUri: "file:///clan/machines/common", newUri: "file:///clan/modules/common" },
          ],
        },
      },
    ]);
    expect(await fixes({})).toEqual([]);
  });

  test("an outline as a tree, or as a list for a client without trees", async () => {
    const client = await start(clan);
    const answer = await client.connection.sendRequest(DocumentSymbolRequest.type, client.at("$0"));
    expect(answer).toMatchObject([
      { name: "web", location: { range: { start: { line: 1, character: 25 } } } },
      { name: "srv", containerName: "web" },
      { name: "db" },
      { name: "zerotier" },
      { name: "controler", containerName: "zerotier" },
      { name: "web", containerName: "controler" },
      { name: "peer", containerName: "zerotier" },
      { name: "srv", containerName: "peer" },
    ]);
  });
});
