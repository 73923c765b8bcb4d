/**
 * The language server on a connection, whatever carries it: stdio, a web worker's messages, or two streams
 * of a test.
 *
 *   createServer(connection, environment)   then   connection.listen()
 */
import {
  type Connection,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import type { InitializationOptions } from "../../../shared/requests.ts";
import { MemoryFileSystem } from "../project/file-system.ts";
import { DiagnosticsPublisher } from "./diagnostics.ts";
import type { Environment } from "./environment.ts";
import { Guard } from "./guard.ts";
import { capabilitiesOf, registerRequests } from "./handlers/index.ts";
import { Session } from "./session.ts";
import { registerWorkspaceSync, startWorkspaceSync } from "./workspace-sync.ts";

const serverName = "clan-ls";

/** Sets up all handlers; the caller then listens. */
export function createServer(connection: Connection, environment: Environment): void {
  let session: Session | undefined;
  const guard = new Guard(
    () => session,
    (message) => connection.console.error(message),
  );
  const publisher = new DiagnosticsPublisher(connection, guard);

  connection.onInitialize(async (params): Promise<InitializeResult> => {
    session = await openSession(params, environment);
    return {
      serverInfo: { name: serverName, version: environment.version },
      capabilities: {
        positionEncoding: session.formats.columns,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...capabilitiesOf(session),
      },
    };
  });
  connection.onInitialized(
    guard.notification("initialized", (opened) => {
      if (opened.capabilities.workspace?.workspaceFolders === true)
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          opened.changeFolders(
            added.map((folder) => folder.uri),
            removed.map((folder) => folder.uri),
          );
          publisher.schedule(opened);
        });
      void startWorkspaceSync(connection, guard, opened).then(() => publisher.schedule(opened));
    }),
  );
  connection.onShutdown(() => {
    publisher.dispose();
    session?.workspace.dispose();
    session = undefined;
  });
  registerRequests(connection, guard);
  registerWorkspaceSync(connection, guard, publisher);
}

async function openSession(params: InitializeParams, environment: Environment): Promise<Session> {
  const options: InitializationOptions = params.initializationOptions ?? {};
  try {
    return new Session({
      fileSystem: environment.fileSystem ?? new MemoryFileSystem(),
      parser: await environment.loadParser(options),
      capabilities: params.capabilities,
      options,
      folders: foldersOf(params),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ResponseError(0, `clan-ls cannot start: ${reason}`, { retry: false });
  }
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders) return workspaceFolders.map((folder) => folder.uri);
  return rootUri ? [rootUri] : [];
}
