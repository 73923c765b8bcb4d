/** The handlers of notifications that change the state: documents, files on disk, folders, settings. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type RelativePattern,
} from "vscode-languageserver";
import { type FilesNotification, filesNotification } from "../../../shared/requests.ts";
import { parentPath } from "../nix/path.ts";
import { MemoryFileSystem } from "../project/file-system.ts";
import type { DiagnosticsPublisher } from "./diagnostics.ts";
import type { Guard } from "./guard.ts";
import type { Session } from "./session.ts";
import { parseSettings } from "./settings.ts";

/**
 * Files whose change can change what a clan is; a folder under machines/ makes a machine, and git's index
 * says what a flake sees.
 */
const watched = ["**/*.nix", "**/flake.lock", "**/inventory.json", "**/machines/*", "**/.git/index"];

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
      session.tokens.forget(textDocument.uri);
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
      watchers: [...watched, ...outerIndexes(session)].map((globPattern) => ({ globPattern })),
    });
  if (workspace?.didChangeConfiguration?.dynamicRegistration === true)
    void connection.client.register(DidChangeConfigurationNotification.type, { section: "clan" });
  await readSettings(connection, guard, session, undefined);
}

/** Git's index where the repository's folder is not in the workspace, for clients that can watch it there. */
function outerIndexes({ workspace, uris, capabilities }: Session): RelativePattern[] {
  if (capabilities.workspace?.didChangeWatchedFiles?.relativePatternSupport !== true) return [];
  const snapshot = workspace.snapshot();
  const indexes = snapshot.roots.flatMap((root) => snapshot.repository(root)?.indexFile ?? []);
  return [...new Set(indexes)]
    .filter((index) => !snapshot.mayRead(index))
    .map((index) => ({ baseUri: uris.toUri(parentPath(index)), pattern: "index" }));
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
