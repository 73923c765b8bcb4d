/** The language server on this process's standard streams. */
import { createConnection } from "vscode-languageserver/node";
import type { Environment } from "./environment.ts";
import { createServer } from "./server.ts";

/** Listens until the client closes stdin or says `exit`, which end the process. */
export function serveStdio(environment: Environment): void {
  const connection = createConnection(process.stdin, process.stdout);
  createServer(connection, environment);
  connection.listen();
}
