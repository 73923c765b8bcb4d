/** Open documents: what is answered is about the text as the editor has it. */
import { describe, expect, test } from "vitest";
import {
  CompletionRequest,
  DidCloseTextDocumentNotification,
  HoverRequest,
  type TextDocumentPositionParams,
} from "vscode-languageserver/node";
import type { TestClient } from "./client.ts";
import { clan, codesOf, file, isClean, isNotClean, useClients } from "./clients.ts";

const start = useClients();

async function labels(client: TestClient, params: TextDocumentPositionParams): Promise<string[]> {
  const answer = await client.connection.sendRequest(CompletionRequest.type, params);
  return (Array.isArray(answer) ? answer : (answer?.items ?? [])).map((item) => item.label);
}

describe("a document", () => {
  test("is checked when opened, and again as it is edited", async () => {
    const client = await start(clan);
    client.open(file);
    const [found] = await client.diagnostics(file, isNotClean);
    expect(found).toMatchObject({
      code: "unknown-role",
      severity: 1,
      source: "clan",
      range: { start: { line: 3, character: 4 }, end: { line: 3, character: 13 } },
    });
    client.change(file, "l", { line: 3, character: 11 });
    await client.diagnostics(file, isClean);
  });

  test("is completed as it stands after edits, not as it is on disk", async () => {
    const client = await start(clan);
    client.open(file);
    client.change(file, "mo", client.at("$2").position);
    const { textDocument, position } = client.at("$2");
    expect(
      await labels(client, { textDocument, position: { ...position, character: position.character + 2 } }),
    ).toEqual(["controller", "moon", "peer"]);
  });

  test("is what is on disk again once closed", async () => {
    const client = await start(clan);
    client.open(file, "{ }");
    await client.connection.sendNotification(DidCloseTextDocumentNotification.type, client.at("$0"));
    expect(codesOf(await client.diagnostics(file, isNotClean))).toEqual(["unknown-role"]);
  });

  test("that is no file is left alone", async () => {
    const client = await start(clan);
    const textDocument = { uri: "git:/clan/clan.nix?ref=HEAD" };
    const position = { line: 0, character: 0 };
    expect(await client.connection.sendRequest(HoverRequest.type, { textDocument, position })).toBeNull();
  });
});
