/** The built program over its standard streams, on a clan on disk, as any editor starts it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import {
  CompletionRequest,
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "examples/homelab");

test("completes, and ends when told to", async () => {
  const server = spawn(process.execPath, [path.join(root, "server/bin/clan-ls.js"), "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(server, "exit");
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.listen();
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "homelab" }];
  const { serverInfo } = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders,
  });
  expect(serverInfo?.name).toBe("clan-ls");
  await connection.sendNotification(InitializedNotification.type, {});

  const uri = pathToFileURL(path.join(folder, "clan.nix")).href;
  const code = readFileSync(path.join(folder, "clan.nix"), "utf8");
  const text = code.replace(/\}\s*$/, "inventory.instances.sshd.roles.\n}\n");
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: "nix", version: 1, text },
  });
  const answer = await connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri },
    position: { line: text.split("\n").length - 3, character: "inventory.instances.sshd.roles.".length },
  });
  const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
  expect(items.map((item) => item.label).sort()).toEqual(["client", "server"]);

  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  expect(await ended).toEqual([0, null]);
  connection.dispose();
});
