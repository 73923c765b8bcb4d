/** Settings are taken as they change. */
import { describe, expect, test } from "vitest";
import { DidChangeConfigurationNotification } from "vscode-languageserver/node";
import { clan, file, isClean, isNotClean, useClients } from "./clients.ts";

const start = useClients();

describe("settings", () => {
  const capabilities = { workspace: { configuration: true } };

  test("give rules another severity, or none", async () => {
    const client = await start(clan, { capabilities, settings: { rules: { "unknown-role": "hint" } } });
    const [found] = await client.diagnostics(file, isNotClean);
    expect(found?.severity).toBe(4);
  });

  test("are taken as they change, also from a client that cannot be asked", async () => {
    const client = await start(clan);
    await client.diagnostics(file, isNotClean);
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { clan: { rules: { "unknown-role": "off" } } },
    });
    await client.diagnostics(file, isClean);
  });

  test("that make no sense are named in the log, and the others taken", async () => {
    const client = await start(clan, {
      capabilities,
      settings: { rules: { "unknown-role": "hint", "unknown-rule": "off", "unknown-tag": 3 } },
    });
    const [found] = await client.diagnostics(file, isNotClean);
    expect(found?.severity).toBe(4);
    expect(client.log).toEqual([
      "clan.rules: there is no rule unknown-rule",
      "clan.rules.unknown-tag: expected one of error, warning, information, hint, off",
    ]);
  });
});
