/** The language server in a web worker: its messages are the worker's. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import type { Environment } from "./environment.ts";
import { createServer } from "./server.ts";

export function serveWorker(scope: DedicatedWorkerGlobalScope, environment: Environment): void {
  const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope));
  createServer(connection, environment);
  connection.listen();
}
