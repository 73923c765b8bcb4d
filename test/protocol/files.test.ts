/** Files and folders that are made, renamed and deleted, in the editor and outside. */
import { expect, test } from "vitest";
import {
  DidChangeWatchedFilesNotification,
  DidCreateFilesNotification,
  DidDeleteFilesNotification,
  DidRenameFilesNotification,
  DidSaveTextDocumentNotification,
  FileChangeType,
  WillRenameFilesRequest,
} from "vscode-languageserver/node";
import { type ClanSummary, inventoryRequest } from "../../shared/requests.ts";
import { type TestClient, uriOf } from "./client.ts";
import { file, useClients } from "./clients.ts";

const start = useClients();

const clan = `
  #- /clan/clan.nix
  { imports = [ ./web.nix ]; }
  #- /clan/web.nix
  { inventory.machines.web = { }; }
  #- /clan/machines/db/configuration.nix
  { }
`;

async function machines(client: TestClient): Promise<string[]> {
  const clans = await client.connection.sendRequest<ClanSummary[]>(inventoryRequest);
  return clans.flatMap((each) => each.machines.map(({ name }) => name));
}

test("a folder that is made, and deleted again", async () => {
  const client = await start(clan);
  expect(await machines(client)).toEqual(["db", "web"]);
  const files = [{ uri: uriOf("/clan/machines/tv") }];
  client.files.write("/clan/machines/tv/configuration.nix", "{ }");
  await client.connection.sendNotification(DidCreateFilesNotification.type, { files });
  expect(await machines(client)).toEqual(["db", "tv", "web"]);
  client.files.remove("/clan/machines/tv/configuration.nix");
  await client.connection.sendNotification(DidDeleteFilesNotification.type, { files });
  expect(await machines(client)).toEqual(["db", "web"]);
});

test("a folder that is renamed", async () => {
  const client = await start(clan);
  expect(await machines(client)).toEqual(["db", "web"]);
  client.files.remove("/clan/machines/db/configuration.nix");
  client.files.write("/clan/machines/nas/configuration.nix", "{ }");
  await client.connection.sendNotification(DidRenameFilesNotification.type, {
    files: [{ oldUri: uriOf("/clan/machines/db"), newUri: uriOf("/clan/machines/nas") }],
  });
  expect(await machines(client)).toEqual(["nas", "web"]);
});

test("a folder that is deleted outside the editor", async () => {
  const client = await start(clan);
  expect(await machines(client)).toEqual(["db", "web"]);
  client.files.remove("/clan/machines/db/configuration.nix");
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: uriOf("/clan/machines/db"), type: FileChangeType.Deleted }],
  });
  expect(await machines(client)).toEqual(["web"]);
});

test("a file that is open stays as the editor has it, whatever happens on disk", async () => {
  const client = await start(clan);
  client.open("/clan/web.nix", "{ inventory.machines.edited = { }; }");
  client.files.write("/clan/web.nix", "{ inventory.machines.disk = { }; }");
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: uriOf("/clan/web.nix"), type: FileChangeType.Changed }],
  });
  expect(await machines(client)).toEqual(["db", "edited"]);
});

test("a client that watches nothing: the disk is read again when a document is opened or saved", async () => {
  const client = await start(clan);
  expect(await machines(client)).toEqual(["db", "web"]);
  client.files.write("/clan/web.nix", "{ inventory.machines.tv = { }; }");
  expect(await machines(client)).toEqual(["db", "web"]);
  client.open("/clan/clan.nix");
  expect(await machines(client)).toEqual(["db", "tv"]);
  client.files.write("/clan/web.nix", "{ inventory.machines.pi = { }; }");
  await client.connection.sendNotification(DidSaveTextDocumentNotification.type, {
    textDocument: { uri: uriOf("/clan/clan.nix") },
  });
  expect(await machines(client)).toEqual(["db", "pi"]);
});

test("a client that tells of file operations is asked to", async () => {
  const client = await start(clan);
  const everything = { filters: [{ pattern: { glob: "**" } }] };
  expect(client.initialized.capabilities.workspace?.fileOperations).toEqual({
    didCreate: everything,
    didRename: everything,
    didDelete: everything,
  });
  const asking = await start(clan, { capabilities: { workspace: { fileOperations: { willRename: true } } } });
  expect(asking.initialized.capabilities.workspace).toMatchObject({
    workspaceFolders: { supported: true },
    fileOperations: { didRename: everything, willRename: { filters: [{}, {}] } },
  });
});

test("a file that moves to a path with a space is imported as Nix reads it", async () => {
  const code = "{ imports = [ ./parts/web.nix ]; inventory.machines.web = { }; }";
  const client = await start(`#- /clan/clan.nix\n${code}\n#- /clan/parts/web.nix\n{ }`);
  client.open(file);
  const move = async (from: string, to: string) => {
    const files = [{ oldUri: uriOf(from), newUri: uriOf(to) }];
    const edit = await client.connection.sendRequest(WillRenameFilesRequest.type, { files });
    return edit?.changes?.[uriOf(file)]?.map(({ range, newText }) => [
      code.slice(range.start.character, range.end.character),
      newText,
    ]);
  };
  const written = '(./. + "/my parts/web.nix")';
  expect(await move("/clan/parts", "/clan/my parts")).toEqual([["./parts/web.nix", written]]);
  expect(await move("/clan/parts/web.nix", "/clan/my parts/web.nix")).toEqual([["./parts/web.nix", written]]);
});
