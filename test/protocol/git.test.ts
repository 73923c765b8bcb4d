/** Git's index decides what a flake sees: the finding, its fix, and its end. */
import { expect, test } from "vitest";
import {
  CodeActionRequest,
  DidChangeWatchedFilesNotification,
  FileChangeType,
} from "vscode-languageserver/node";
import { trackFilesCommand } from "../../shared/requests.ts";
import { gitIndex } from "../unit/helpers/git-index.ts";
import { type TestClient, uriOf } from "./client.ts";
import { codesOf, isClean, isNotClean, useClients } from "./clients.ts";

const start = useClients();
const clanFile = "/clan/clan.nix";
const index = "/clan/.git/index";
const machineFile = "/clan/machines/web/configuration.nix";

async function open(commands: boolean): Promise<TestClient> {
  const client = await start(
    `
    #- /clan/flake.nix
    { outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; }; }
    #- ${clanFile}
    { meta.name = "x"; inventory.machines.w$0eb = { }; }
    #- ${machineFile}
    { }
    `,
    { initializationOptions: { commands } },
  );
  await change(client, gitIndex(["clan.nix", "flake.nix"]));
  client.open(clanFile);
  return client;
}

async function change(client: TestClient, bytes: Uint8Array): Promise<void> {
  client.files.write(index, bytes);
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: uriOf(index), type: FileChangeType.Changed }],
  });
}

async function actionsOf(client: TestClient) {
  const { textDocument, position } = client.at("$0");
  return client.connection.sendRequest(CodeActionRequest.type, {
    textDocument,
    range: { start: position, end: position },
    context: { diagnostics: [], only: ["quickfix"] },
  });
}

test("is reported until git tracks it, with a command as its fix", async () => {
  const client = await open(true);
  expect(codesOf(await client.diagnostics(clanFile, isNotClean))).toEqual(["untracked-file"]);
  const [action] = (await actionsOf(client)) ?? [];
  expect(action).toMatchObject({
    title: "Run `git add -N machines/web/configuration.nix`",
    isPreferred: true,
    command: { command: trackFilesCommand, arguments: [{ files: [uriOf(machineFile)] }] },
  });
  await change(client, gitIndex(["clan.nix", "flake.nix", "machines/web/configuration.nix"]));
  await client.diagnostics(clanFile, isClean);
});

test("a client without the command is offered none", async () => {
  const client = await open(false);
  await client.diagnostics(clanFile, isNotClean);
  const titles = (await actionsOf(client))?.map(({ title }) => title) ?? [];
  expect(titles.filter((title) => !title.startsWith("Ignore "))).toEqual([]);
});
