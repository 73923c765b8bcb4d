/** Answers suit the client: what it can show, and which commands it has. */
import { describe, expect, test } from "vitest";
import {
  type ClientCapabilities,
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
      const client = await start(clan, { initializationOptions: { commands } });
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
