/** Diagnostics, pushed or pulled. */
import { describe, expect, test } from "vitest";
import { DocumentDiagnosticRequest } from "vscode-languageserver/node";
import { clan, file, isClean, isNotClean, useClients } from "./clients.ts";

const start = useClients();

describe("a client that asks for diagnostics", () => {
  const capabilities = {
    textDocument: { diagnostic: {} },
    workspace: { diagnostics: { refreshSupport: true } },
  };

  test("is pushed those of files it has not open", async () => {
    const client = await start(clan, { capabilities });
    await client.diagnostics(file, isNotClean);
    client.open(file);
    await client.diagnostics(file, isClean);
    const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, client.at("$0"));
    expect(report).toMatchObject({ kind: "full", items: [{ code: "unknown-role" }] });
  });
});
