/** What the client is asked to tell us of, where it can be asked at run time: files that change, and settings. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesRegistrationOptions,
  type Disposable,
  type GlobPattern,
  type RelativePattern,
} from "vscode-languageserver";
import { parentPath } from "../nix/path.ts";
import type { Session } from "./session.ts";

/** Any file may be one that a clan reads (`readFile ./admin.pub`), and any folder a machine; git's index says what a flake sees. */
const watched = ["**/*", "**/.git/{index,HEAD,info/exclude}"];

export class Registrations {
  private outer: readonly RelativePattern[] = [];
  private outerWatch: Promise<Disposable> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly session: Session,
  ) {}

  /** To be called once the client is ready. */
  start(): void {
    const { client } = this.connection;
    const { workspace } = this.session.capabilities;
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
      void client.register(DidChangeWatchedFilesNotification.type, watchersOf(watched));
    if (workspace?.didChangeConfiguration?.dynamicRegistration === true)
      void client.register(DidChangeConfigurationNotification.type, { section: "clan" });
    this.update();
  }

  /** The folders may be others now. */
  update(): void {
    if (this.session.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return;
    const outer = outerIndexes(this.session);
    if (JSON.stringify(outer) === JSON.stringify(this.outer)) return;
    this.outer = outer;
    void this.outerWatch?.then((watch) => watch.dispose());
    this.outerWatch =
      outer.length === 0
        ? undefined
        : this.connection.client.register(DidChangeWatchedFilesNotification.type, watchersOf(outer));
  }
}

function watchersOf(patterns: readonly GlobPattern[]): DidChangeWatchedFilesRegistrationOptions {
  return { watchers: patterns.map((globPattern) => ({ globPattern })) };
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
