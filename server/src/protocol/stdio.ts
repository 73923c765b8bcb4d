/** The language server on this process's standard streams. */
import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import type { Environment } from "./environment.ts";
import { createServer } from "./server.ts";

/** Listens until the client closes stdin or says `exit`, which end the process. */
export function serveStdio(environment: Environment): void {
  const reader = new StreamMessageReader(process.stdin);
  const connection = createConnection(reader, new StreamMessageWriter(process.stdout));
  let isOver = false;
  createServer(connection, environment, () => {
    isOver = true;
  });
  // Where a message does not say how long it is, nobody can tell where the next one begins.
  reader.onError(({ message }) => {
    if (!/content-length|header/i.test(message)) return;
    process.stderr.write(`clan-ls: the client sent what is no message: ${message}\n`);
    process.exit(1);
  });
  for (const end of ["end", "close"]) process.stdin.on(end, () => process.exit(isOver ? 0 : 1));
  connection.listen();
}
