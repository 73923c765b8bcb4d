/** Settings are taken as they change. */
import { describe, expect, test } from "vitest";
import {
  CodeLensRequest,
  DidChangeConfigurationNotification,
  InlayHintRequest,
} from "vscode-languageserver/node";
import { clan, codesOf, file, isClean, isNotClean, useClients } from "./clients.ts";

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

  test("for sources of inputs that do nothing are told once", async () => {
    const client = await start(clan, { capabilities, settings: { inputOverrides: { nosuch: "/nowhere" } } });
    await client.diagnostics(file, isNotClean);
    await client.diagnostics(file, isNotClean);
    expect(client.messages).toEqual([
      "clan.inputOverrides: The source that is given for the input “nosuch”, /nowhere, is not there.",
    ]);
  });

  test("switch off what is shown beside the code", async () => {
    const shown = async (settings: object) => {
      const client = await start(clan, { capabilities, settings, initializationOptions: { commands: true } });
      await client.diagnostics(file, isNotClean);
      const { textDocument } = client.at("$0");
      const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
      const hints = await client.connection.sendRequest(InlayHintRequest.type, { textDocument, range });
      const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument });
      return { hints: hints?.length !== 0, lenses: lenses?.length !== 0 };
    };
    const codeLens = { machines: "always" };
    expect(await shown({ codeLens })).toEqual({ hints: true, lenses: true });
    expect(await shown({ codeLens, inlayHints: { enabled: false } })).toEqual({ hints: false, lenses: true });
    expect(await shown({ codeLens: { ...codeLens, enabled: false } })).toEqual({
      hints: true,
      lenses: false,
    });
    // Above machines of one line, and roles that name their machines, a lens would be in the way.
    expect(await shown({})).toEqual({ hints: true, lenses: false });
    // What makes no sense is as if it was not set.
    expect(await shown({ codeLens: { machines: 3, roles: "always" }, inlayHints: 7 })).toEqual({
      hints: true,
      lenses: true,
    });
  });

  test("say who reports syntax errors where another Nix server runs", async () => {
    const shown = async (settings: object, otherNixServer: boolean) => {
      const broken = "#- /clan/clan.nix\n{ inventory.instances.sshd.roles.clint = { }; a = ; }";
      const client = await start(broken, {
        capabilities,
        settings,
        initializationOptions: { otherNixServer },
      });
      return codesOf(await client.diagnostics(file, isNotClean));
    };
    expect(await shown({}, false)).toEqual(["unknown-role", "syntax-error"]);
    expect(await shown({}, true)).toEqual(["unknown-role"]);
    expect(await shown({ rules: { "syntax-error": "error" } }, true)).toEqual([
      "unknown-role",
      "syntax-error",
    ]);
  });
});
