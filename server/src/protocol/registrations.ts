/** What the client is asked to tell us of, where it can be asked at run time: files that change, and settings. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type RelativePattern,
} from "vscode-languageserver";
import { parentPath } from "../nix/path.ts";
import type { Session } from "./session.ts";

/**
 * Files whose change can change what a clan is; a folder under machines/ makes a machine, and git's index
 * says what a flake sees.
 */
const watched = ["**/*.nix", "**/flake.lock", "**/inventory.json", "**/machines/*", "**/.git/index"];

/** To be called once the client is ready. */
export function registerWatching(connection: Connection, session: Session): void {
  const { workspace } = session.capabilities;
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
    void connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [...watched, ...outerIndexes(session)].map((globPattern) => ({ globPattern })),
    });
  if (workspace?.didChangeConfiguration?.dynamicRegistration === true)
    void connection.client.register(DidChangeConfigurationNotification.type, { section: "clan" });
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
