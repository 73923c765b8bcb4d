/** Positions are counted as the client counts them. */
import { describe, expect, test } from "vitest";
import { HoverRequest } from "vscode-languageserver/node";
import { uriOf } from "./client.ts";
import { file, isNotClean, useClients } from "./clients.ts";

const start = useClients();

describe("columns", () => {
  const code = `
    #- /clan/clan.nix
    { meta.description = "é€😀"; inventory.instances.sshd.roles.clint = { }; }
  `;
  test.each([
    { unit: "utf-8", column: 65 },
    { unit: "utf-16", column: 60 },
    { unit: "utf-32", column: 59 },
  ])("in $unit, as the client prefers", async ({ unit, column }) => {
    const client = await start(code, { capabilities: { general: { positionEncodings: [unit, "utf-16"] } } });
    expect(client.initialized.capabilities.positionEncoding).toBe(unit);
    const [found] = await client.diagnostics(file, isNotClean);
    expect(found?.range.start).toEqual({ line: 0, character: column });
    client.open(file);
    client.change(file, "e", { line: 0, character: column + 3 });
    client.change(file, "", { line: 0, character: column + 4 }, { line: 0, character: column + 5 });
    const hovered = await client.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: uriOf(file) },
      position: { line: 0, character: column },
    });
    expect(hovered?.range?.end).toEqual({ line: 0, character: column + 5 });
  });
});
