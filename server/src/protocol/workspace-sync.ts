/** The handlers of notifications that change the state: documents, files on disk, folders, settings. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
} from "vscode-languageserver";
import { type FilesNotification, filesNotification } from "../../../shared/requests.ts";
import { MemoryFileSystem } from "../project/file-system.ts";
import type { DiagnosticsPublisher } from "./diagnostics.ts";
import type { Guard } from "./guard.ts";
import type { Session } from "./session.ts";
import { parseSettings } from "./settings.ts";

/** Files whose change can change what a clan is; a folder under machines/ makes a machine. */
const watched = ["**/*.nix", "**/flake.lock", "**/inventory.json", "**/machines/*"];

export function registerWorkspaceSync(
  connection: Connection,
  guard: Guard,
  publisher: DiagnosticsPublisher,
): void {
  connection.onDidOpenTextDocument(
    guard.notification("textDocument/didOpen", (session, params) => {
      session.documents.open(params);
      session.updateRoots();
      publisher.schedule(session);
    }),
  );
  connection.onDidChangeTextDocument(
    guard.notification("textDocument/didChange", (session, params) => {
      session.documents.change(params);
      publisher.schedule(session, params.textDocument.uri);
    }),
  );
  connection.onDidCloseTextDocument(
    guard.notification("textDocument/didClose", (session, { textDocument }) => {
      session.documents.close(textDocument.uri);
      session.updateRoots();
      publisher.schedule(session);
    }),
  );
  connection.onDidChangeWatchedFiles(
    guard.notification("workspace/didChangeWatchedFiles", (session, { changes }) => {
      session.workspace.changed(changes.flatMap(({ uri }) => session.uris.toPath(uri) ?? []));
      publisher.schedule(session);
    }),
  );
  connection.onNotification(
    filesNotification,
    guard.notification("clan/files", (session, params: FilesNotification) => {
      takeFiles(session, params);
      publisher.schedule(session);
    }),
  );
  connection.onDidChangeConfiguration(({ settings }) =>
    guard.notification("workspace/didChangeConfiguration", (session) => {
      void readSettings(connection, guard, session, settings).then(() => publisher.schedule(session));
    })(undefined),
  );
}

/** Once the client is ready: asks it to watch files and settings, and for the settings as they are. */
export async function startWorkspaceSync(
  connection: Connection,
  guard: Guard,
  session: Session,
): Promise<void> {
  const { workspace } = session.capabilities;
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
    void connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: watched.map((globPattern) => ({ globPattern })),
    });
  if (workspace?.didChangeConfiguration?.dynamicRegistration === true)
    void connection.client.register(DidChangeConfigurationNotification.type, { section: "clan" });
  await readSettings(connection, guard, session, undefined);
}

/** Asks the client, if it can be asked; else takes what it sent. */
async function readSettings(
  connection: Connection,
  guard: Guard,
  session: Session,
  sent: unknown,
): Promise<void> {
  const canAsk = session.capabilities.workspace?.configuration === true;
  const value = canAsk
    ? await connection.workspace.getConfiguration("clan").catch(() => undefined)
    : Reflect.get(Object(sent), "clan");
  guard.attempt(
    "clan settings",
    () => {
      const { settings, problems } = parseSettings(value ?? {});
      session.settings = settings;
      for (const problem of problems) connection.console.warn(problem);
    },
    undefined,
  );
}

function takeFiles(session: Session, { files }: FilesNotification): void {
  if (!(session.fileSystem instanceof MemoryFileSystem)) return;
  const paths: string[] = [];
  for (const [uri, text] of Object.entries(files)) {
    const path = session.uris.toPath(uri);
    if (path === undefined) continue;
    paths.push(path);
    if (text === null) session.fileSystem.remove(path);
    else session.fileSystem.write(path, text);
  }
  session.workspace.changed(paths);
}
