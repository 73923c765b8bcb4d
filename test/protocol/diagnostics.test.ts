/** Diagnostics, pushed or pulled. */
import { describe, expect, test } from "vitest";
import { DocumentDiagnosticRequest } from "vscode-languageserver/node";
import { uriOf } from "./client.ts";
import { clan, codesOf, file, isClean, isNotClean, useClients } from "./clients.ts";

const start = useClients();

const two = `
  #- /clan/clan.nix
  { imports = [ ./machines.nix ]; inventory.instances.sshd.roles.server.machines.web = { }; }
  #- /clan/machines.nix
  { inventory.machines.web = { }; }
`;

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

  test("is told to ask again about the others when one changes what they mean", async () => {
    const refreshable = { refreshSupport: true };
    const client = await start(two, {
      capabilities: {
        textDocument: { diagnostic: {} },
        workspace: {
          diagnostics: refreshable,
          semanticTokens: refreshable,
          inlayHint: refreshable,
          codeLens: refreshable,
        },
      },
    });
    client.open(file);
    client.open("/clan/machines.nix");
    await expect.poll(() => client.asked.length).toBe(4);
    client.change("/clan/machines.nix", "{ inventory.machines.db = { }; }");
    await expect
      .poll(() => [...new Set(client.asked)].sort())
      .toEqual([
        "workspace/codeLens/refresh",
        "workspace/diagnostic/refresh",
        "workspace/inlayHint/refresh",
        "workspace/semanticTokens/refresh",
      ]);
    await expect.poll(() => client.asked.length).toBe(8);
    const textDocument = { uri: uriOf(file) };
    const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
    expect(report).toMatchObject({ items: [{ code: "unknown-machine" }] });
  });
});

describe("a client that does not", () => {
  test("is told of the file it has open before the machines are evaluated, and then of all", async () => {
    const client = await start(`
      #- /clan/clan.nix
      {
        inventory.machines.web = { };
        inventory.instances.sshd.roles.sever.machines.web = { };
        machines.web = { config, ... }: { x = config.clan.core.vars.generators.ca.files.key.path; };
      }
      #- /clan/machines/web/configuration.nix
      { config, ... }: { y = config.clan.core.vars.generators.db.files.key.path; }
    `);
    client.open(file);
    await expect.poll(() => client.pushed.length, { timeout: 20_000 }).toBe(3);
    expect(client.pushed.map(({ uri, diagnostics }) => [uri, codesOf(diagnostics)])).toEqual([
      [uriOf(file), ["unknown-role"]],
      [uriOf(file), ["unknown-role", "unknown-generator"]],
      [uriOf("/clan/machines/web/configuration.nix"), ["unknown-generator"]],
    ]);
  });

  test("is pushed those of every file, and none twice", async () => {
    const client = await start(two);
    client.open("/clan/machines.nix");
    client.change("/clan/machines.nix", "{ inventory.machines.db = { }; }");
    expect(codesOf(await client.diagnostics(file, isNotClean))).toEqual(["unknown-machine"]);
    client.change("/clan/machines.nix", "{ inventory.machines.web = { }; }");
    await client.diagnostics(file, isClean);
    expect(client.asked).toEqual([]);
  });
});
