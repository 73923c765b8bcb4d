/** Documentation of what was offered speaks of the present state, whatever was asked or typed since. */
import { describe, expect, test } from "vitest";
import {
  type CompletionItem,
  CompletionRequest,
  CompletionResolveRequest,
  RenameRequest,
} from "vscode-languageserver/node";
import { type TestClient, uriOf } from "./client.ts";
import { useClients } from "./clients.ts";

const start = useClients();

const resolveSupport = { properties: ["documentation"] };
const capabilities = { textDocument: { completion: { completionItem: { resolveSupport } } } };

const vars = `
  #- /clan/clan.nix
  { inventory.machines = { web = { }; db = { }; }; }
  #- /clan/machines/web/configuration.nix
  { config, ... }:
  {
    clan.core.vars.generators.c$0a = { share = true; files.pem.secret = false; script = ""; };
    environment.etc.a.text = config.clan.core.vars.generators.c$1
    ;
  }
  #- /clan/machines/db/configuration.nix
  { clan.core.vars.generators.ca = { share = true; files.pem.secret = false; script = ""; }; }
  #- /clan/vars/shared/ca/pem/value
  text
`;
const web = "/clan/machines/web/configuration.nix";

async function offered(client: TestClient, marker: string, label: string): Promise<CompletionItem> {
  const answer = await client.connection.sendRequest(CompletionRequest.type, client.at(marker));
  const item = (Array.isArray(answer) ? answer : (answer?.items ?? [])).find((one) => one.label === label);
  if (item === undefined) throw new Error(`${label} is not offered`);
  return item;
}

async function documentationOf(client: TestClient, item: CompletionItem): Promise<string> {
  const { documentation } = await client.connection.sendRequest(CompletionResolveRequest.type, item);
  return JSON.stringify(documentation ?? null);
}

describe("documentation of what was offered", () => {
  // A rename is tried in a state in which the generator's folder has moved.
  test.each([
    ["before it is offered", true],
    ["after it is offered", false],
  ])("a rename that was only asked about is not in it: %s", async (_, isBefore) => {
    const client = await start(vars, { capabilities });
    client.open(web);
    const rename = () =>
      client.connection.sendRequest(RenameRequest.type, { ...client.at("$0"), newName: "renamed" });
    if (isBefore) await rename();
    const item = await offered(client, "$1", "ca");
    if (!isBefore) await rename();
    expect(await documentationOf(client, item)).toContain("db (generated), web (generated)");
    expect(client.log).toEqual([]);
  });

  test("the list stays open while its word is typed on", async () => {
    const client = await start(vars, { capabilities });
    client.open(web);
    const item = await offered(client, "$1", "ca");
    const { position } = client.at("$1");
    client.change(web, "a", position, position);
    expect(await documentationOf(client, item)).toContain("generator ca · shared");
    expect(client.log).toEqual([]);
  });

  test("what the list is of has changed meanwhile", async () => {
    const client = await start(vars, { capabilities });
    client.open(web);
    const item = await offered(client, "$1", "ca");
    client.open("/clan/machines/db/configuration.nix", "{ }");
    expect(await documentationOf(client, item)).toContain("Machines: web (generated)");
    expect(client.log).toEqual([]);
  });

  test.each([
    ["the file is empty", ""],
    ["the place is gone", "{ }"],
    ["the thing is gone", "{ config, ... }: { a = config.clan.core.vars.generators.c; }"],
  ])("nothing where %s", async (_, text) => {
    const client = await start(vars, { capabilities });
    client.open(web);
    const item = await offered(client, "$1", "ca");
    client.change(web, text);
    client.open("/clan/machines/db/configuration.nix", "{ }");
    expect(await documentationOf(client, item)).toBe("null");
    expect(client.log).toEqual([]);
  });

  test("nothing where another list was asked for", async () => {
    const client = await start(vars, { capabilities });
    client.open(web);
    const item = await offered(client, "$1", "ca");
    await client.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: uriOf("/clan/clan.nix") },
      position: { line: 0, character: 2 },
    });
    expect(await documentationOf(client, item)).toBe("null");
  });
});
