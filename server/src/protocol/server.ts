/**
 * The language server on a connection, whatever carries it: stdio, a web worker's messages, or two streams
 * of a test.
 *
 *   createServer(connection, environment)   then   connection.listen()
 */
import {
  type Connection,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import type { InitializationOptions } from "../../../shared/requests.ts";
import { messageOf } from "../nix/thrown.ts";
import { MemoryFileSystem } from "../project/file-system.ts";
import { readSettings, registerConfiguration } from "./configuration.ts";
import { DiagnosticsPublisher } from "./diagnostics.ts";
import type { Environment } from "./environment.ts";
import { evaluateFirst } from "./first-evaluation.ts";
import { Guard } from "./guard.ts";
import { capabilitiesOf, registerRequests } from "./handlers/index.ts";
import { fileOperations } from "./notifications/files.ts";
import { registerNotifications } from "./notifications/index.ts";
import { toPlainText } from "./plain-text.ts";
import { Registrations } from "./registrations.ts";
import { Session } from "./session.ts";

const serverName = "clan-ls";

/** Sets up all handlers; the caller then listens. */
export function createServer(
  connection: Connection,
  environment: Environment,
  onShutdown: () => void = () => undefined,
): void {
  let session: Session | undefined;
  let state: "new" | "initialized" | "shut down" = "new";
  const guard = new Guard(
    () => session,
    (message) => connection.console.error(message),
    () => state === "shut down",
  );
  const publisher = new DiagnosticsPublisher(connection, guard);

  connection.onInitialize(async (params): Promise<InitializeResult> => {
    if (state !== "new")
      throw new ResponseError(ErrorCodes.InvalidRequest, `initialize: the server is ${state}`);
    state = "initialized";
    session = await openSession(params, environment, connection);
    return {
      serverInfo: { name: serverName, version: environment.version },
      capabilities: capabilitiesOf(session, {
        positionEncoding: session.formats.columns,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true }, fileOperations },
      }),
    };
  });
  connection.onInitialized(
    guard.notification("initialized", (opened) => {
      const registrations = new Registrations(connection, opened);
      registrations.start();
      registerNotifications(connection, guard, (changed, typedIn) => {
        if (typedIn === undefined) registrations.update();
        publisher.schedule(changed, typedIn);
      });
      void start(opened);
    }),
  );
  connection.onShutdown(() => {
    if (state === "shut down")
      throw new ResponseError(ErrorCodes.InvalidRequest, "shutdown: it is shut down");
    state = "shut down";
    onShutdown();
    publisher.dispose();
    session?.workspace.dispose();
    session = undefined;
  });
  registerConfiguration(connection, guard, (opened) => publisher.schedule(opened));
  registerRequests(connection, guard);

  async function start(opened: Session): Promise<void> {
    await readSettings(connection, guard, opened, undefined);
    publisher.schedule(opened);
    // A client that answers late, or not at all, keeps nobody waiting.
    evaluateFirst(connection, guard, opened).catch(() => undefined);
  }
}

async function openSession(
  params: InitializeParams,
  environment: Environment,
  connection: Connection,
): Promise<Session> {
  const options: InitializationOptions = params.initializationOptions ?? {};
  try {
    return new Session({
      fileSystem: environment.fileSystem ?? new MemoryFileSystem(),
      parser: await environment.loadParser(options),
      capabilities: params.capabilities,
      options,
      folders: foldersOf(params),
      documentation: environment.documentation,
      worked: environment.worked,
      loadTools: environment.loadTools,
      showMessage: (message) =>
        void connection.sendNotification(ShowMessageNotification.type, {
          type: MessageType.Info,
          message: toPlainText(message),
        }),
      log: (message) => connection.console.error(message),
    });
  } catch (error) {
    const reason = messageOf(error);
    throw new ResponseError(0, `clan-ls cannot start: ${reason}`, { retry: false });
  }
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders) return workspaceFolders.map((folder) => folder.uri);
  return rootUri ? [rootUri] : [];
}
