/** Texts as people's editors send them: line ends, tabs, emoji, byte order marks, and documents that are no files. */
import { describe, expect, test } from "vitest";
import {
  type Diagnostic,
  DidOpenTextDocumentNotification,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  PublishDiagnosticsNotification,
} from "vscode-languageserver/node";
import type { TestClient } from "./client.ts";
import { file, isClean, isNotClean, useClients } from "./clients.ts";

const start = useClients();

describe("places are right with", () => {
  const code = ["{", "  inventory.instances.sshd.roles = {", "    clint = { };", "  };", "}", ""];
  const place = { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } };

  test.each([
    ["CR LF", code.join("\r\n"), place],
    ["CR", code.join("\r"), place],
    ["mixed line ends", code.join("\n").replace("\n", "\r\n"), place],
    [
      "tabs",
      code.join("\n").replaceAll("  ", "\t"),
      { start: { line: 2, character: 2 }, end: { line: 2, character: 7 } },
    ],
    [
      "emoji",
      code.join("\n").replace("    clint", "/*👩‍🚀*/clint"),
      { start: { line: 2, character: 9 }, end: { line: 2, character: 14 } },
    ],
    ["no line end at the end", code.join("\n").trimEnd(), place],
  ])("%s", async (_what, text, range) => {
    const client = await start("#- /clan/clan.nix\n{ }");
    client.open(file, text);
    const [found] = await client.diagnostics(file, isNotClean);
    expect(found).toMatchObject({ code: "unknown-role", range });
    client.change(file, "client", range.start, range.end);
    await client.diagnostics(file, isClean);
  });

  test("a byte order mark, if an editor sends one", async () => {
    const client = await start("#- /clan/clan.nix\n{ }");
    client.open(file, `\ufeff${code.join("\n")}`);
    expect(await client.diagnostics(file, isNotClean)).toMatchObject([
      { code: "syntax-error", range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } },
      { code: "unknown-role", range: place },
    ]);
  });
});

describe("a document that was never saved", () => {
  const uri = "untitled:Untitled-1";
  const textDocument = { uri };

  async function open(client: TestClient, text: string): Promise<readonly Diagnostic[]> {
    const published = new Promise<readonly Diagnostic[]>((resolve) =>
      client.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
        if (params.uri === uri) resolve(params.diagnostics);
      }),
    );
    await client.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: "nix", version: 1, text },
    });
    return published;
  }

  test("has its syntax checked and folds", async () => {
    const client = await start("#- /clan/clan.nix\n{ }");
    expect(await open(client, "{\n  a = [\n    1\n  ];\n  b = ;\n}")).toMatchObject([
      { code: "syntax-error", range: { start: { line: 4 } } },
    ]);
    const folds = await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument });
    expect(folds?.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [0, 4],
      [1, 2],
    ]);
  });

  test("is no part of any clan", async () => {
    const client = await start("#- /clan/clan.nix\n{ inventory.machines.web = { }; }");
    void open(client, "{ inventory.machines.web = { }; }");
    const position = { line: 0, character: 22 };
    expect(await client.connection.sendRequest(HoverRequest.type, { textDocument, position })).toBeNull();
    expect(await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument })).toEqual([]);
  });
});
