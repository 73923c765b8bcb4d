/** What a client may not send, to the built program over its standard streams. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, test } from "vitest";
import {
  createProtocolConnection,
  InitializeRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

const program = path.resolve(import.meta.dirname, "../../server/bin/clan-ls.js");
const params = { processId: null, rootUri: null, capabilities: {} };

function start() {
  const server = spawn(process.execPath, [program, "--stdio"], {
    stdio: ["pipe", "pipe", "pipe"],
    timeout: 60_000,
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.listen();
  return { server, connection, ended: once(server, "exit") };
}

test("a second initialize, and requests after shutdown, are refused; exit still ends the process", async () => {
  const { connection, ended } = start();
  await connection.sendRequest(InitializeRequest.type, params);
  await expect(connection.sendRequest(InitializeRequest.type, params)).rejects.toMatchObject({
    code: -32600,
  });
  await connection.sendRequest(ShutdownRequest.type);
  await expect(connection.sendRequest("workspace/symbol", { query: "x" })).rejects.toMatchObject({
    code: -32600,
  });
  await connection.sendNotification("exit");
  expect(await ended).toEqual([0, null]);
  connection.dispose();
});

test("a message without a readable length ends the process, and says so", async () => {
  const { server, connection, ended } = start();
  await connection.sendRequest(InitializeRequest.type, params);
  let said = "";
  server.stderr.on("data", (data) => {
    said += data;
  });
  server.stdin.write('Content-Length: many\r\n\r\n{"jsonrpc":"2.0"}');
  expect(await ended).toEqual([1, null]);
  expect(said).toContain("the client sent what is no message");
  connection.dispose();
});
