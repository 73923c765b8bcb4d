/** Colours change with the text, and VS Code knows them. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SemanticTokensDeltaRequest, SemanticTokensRequest } from "vscode-languageserver/node";
import { tokenModifiers, tokenTypes } from "../../server/src/features/semantic-tokens.ts";
import { clan, file, useClients } from "./clients.ts";

const start = useClients();

test("after an edit only what is different is sent", async () => {
  const client = await start(clan);
  client.open(file);
  const { textDocument } = client.at("$0");
  const before = await client.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
  client.change(file, "server", { line: 1, character: 40 }, { line: 1, character: 42 });
  const delta = await client.connection.sendRequest(SemanticTokensDeltaRequest.type, {
    textDocument,
    previousResultId: before?.resultId ?? "",
  });
  // The tag `srv` is `sserver` now, and so what follows in the line comes later.
  expect(delta).toEqual({ resultId: "2", edits: [{ start: 7, deleteCount: 5, data: [7, 1, 1, 0, 12] }] });
});

test("a delta to a result that is not the last is all there is", async () => {
  const client = await start(clan);
  client.open(file);
  const { textDocument } = client.at("$0");
  const { data } = (await client.connection.sendRequest(SemanticTokensRequest.type, { textDocument })) ?? {};
  const delta = await client.connection.sendRequest(SemanticTokensDeltaRequest.type, {
    textDocument,
    previousResultId: "nonsense",
  });
  expect(delta).toEqual({ resultId: "2", data });
});

test("package.json declares the legend's types, each with what a theme shows without knowing them", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  const declared: { id: string; superType: string; description: string }[] = contributes.semanticTokenTypes;
  expect(declared.map(({ id }) => id)).toEqual([...tokenTypes]);
  expect(declared.filter(({ superType, description }) => !superType || !description)).toEqual([]);
  const [{ language, scopes }] = contributes.semanticTokenScopes;
  expect(language).toBe("nix");
  expect(Object.keys(scopes)).toEqual([...tokenTypes]);
  // Both are the protocol's own: they need no declaration.
  expect(tokenModifiers).toEqual(["declaration", "defaultLibrary"]);
});
