/**
 * A language client for tests, connected to the server in this process over two in-memory streams.
 *
 *   const client = await startClient(`#- /clan/clan.nix …`);
 *   await client.open("/clan/clan.nix");
 *   await client.findings("/clan/clan.nix")   ->   [ "error unknown-role 1:20-1:29" ]
 */

import { PassThrough } from "node:stream";
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  ConfigurationRequest,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  InlayHintRefreshRequest,
  LogMessageNotification,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Registration,
  RegistrationRequest,
  SemanticTokensRefreshRequest,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  UnregistrationRequest,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  WorkDoneProgressCreateRequest,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from "vscode-languageserver/node";
import { loadTools } from "../../server/src/entry/load-tools.ts";
import { MemoryFileSystem } from "../../server/src/project/file-system.ts";
import { createServer } from "../../server/src/protocol/server.ts";
import type { InitializationOptions } from "../../shared/requests.ts";
import { parseFixture } from "../unit/helpers/fixture.ts";
import { testParser } from "../unit/helpers/parse.ts";

type WorkDoneProgressValue = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

const refreshes = [
  CodeLensRefreshRequest,
  DiagnosticRefreshRequest,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
];

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: InitializationOptions;
  /** Absolute paths of the workspace folders. */
  readonly folders?: readonly string[];
  /** What `workspace/configuration` answers for `clan`. */
  readonly settings?: unknown;
  /** The server reads no files itself, as in a browser. */
  readonly withoutFiles?: boolean;
}

/** Sends requests through `connection`; starts and stops with the test. */
export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** The server's disk: written to, nothing is told to the server. */
  readonly files: MemoryFileSystem;
  /** What the server has registered, and not taken back. */
  readonly registered: readonly Registration[];
  readonly log: readonly string[];
  /** All diagnostics that were pushed, in order. */
  readonly pushed: readonly PublishDiagnosticsParams[];
  /** What the person was told. */
  readonly messages: readonly string[];
  /** The requests with which the server asked the client to ask again, by method. */
  readonly asked: readonly string[];
  /** What the server told of its work. */
  readonly progress: readonly WorkDoneProgressValue[];
  /** Tells the server that a document is open: its text, or what the disk has. */
  open(path: string, text?: string): void;
  /** Replaces a range, or the whole text. */
  change(path: string, text: string, start?: Position, end?: Position): void;
  /** What `send` sends arrives at once: the server has all of it before it begins with the first message. */
  together(send: () => void): Promise<void>;
  /** Where `$0` … `$9` stand in the fixture, in UTF-16. */
  at(marker: string): { readonly textDocument: { readonly uri: string }; readonly position: Position };
  /** The next published diagnostics of the file that `accept`s; of those already there, the last. */
  diagnostics(
    path: string,
    accept?: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]>;
  stop(): Promise<void>;
}

export function uriOf(path: string): string {
  return `file://${path}`;
}

export async function startClient(fixtureText: string, options: ClientOptions = {}): Promise<TestClient> {
  const fixture = parseFixture(fixtureText);
  const files = new MemoryFileSystem(fixture.files);
  const [fromClient, toServer, toClient] = [new PassThrough(), new PassThrough(), new PassThrough()];
  let held: Buffer[] | undefined;
  fromClient.on("data", (chunk: Buffer) => (held === undefined ? toServer.write(chunk) : held.push(chunk)));
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  createServer(server, {
    loadTools,
    version: "test",
    fileSystem: options.withoutFiles === true ? undefined : files,
    loadParser: testParser,
  });
  server.listen();

  const connection = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(fromClient),
  );
  const published = new Map<string, readonly Diagnostic[]>();
  const waiting = new Set<() => void>();
  const registered: Registration[] = [];
  const log: string[] = [];
  const pushed: PublishDiagnosticsParams[] = [];
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    const { uri, diagnostics } = params;
    pushed.push(params);
    published.set(uri, diagnostics);
    for (const check of [...waiting]) check();
  });
  connection.onNotification(LogMessageNotification.type, ({ message }) => void log.push(message));
  const messages: string[] = [];
  connection.onNotification(ShowMessageNotification.type, ({ message }) => void messages.push(message));
  const asked: string[] = [];
  const progress: WorkDoneProgressValue[] = [];
  for (const { method } of refreshes)
    connection.onRequest(method, () => {
      asked.push(method);
      return null;
    });
  connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
    connection.onProgress(WorkDoneProgress.type, token, (value) => void progress.push(value));
  });
  connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
    registered.push(...registrations);
  });
  connection.onRequest(UnregistrationRequest.type, ({ unregisterations }) => {
    for (const { id } of unregisterations)
      registered.splice(
        registered.findIndex((registration) => registration.id === id),
        1,
      );
  });
  connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => options.settings ?? null));
  connection.listen();

  const folders = options.folders ?? ["/clan"];
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: null,
    capabilities: options.capabilities ?? {},
    initializationOptions: options.initializationOptions,
    workspaceFolders: folders.map((folder) => ({ uri: uriOf(folder), name: folder })),
  });
  await connection.sendNotification(InitializedNotification.type, {});

  const versions = new Map<string, number>();
  const nextVersion = (path: string): number => {
    const version = (versions.get(path) ?? 0) + 1;
    versions.set(path, version);
    return version;
  };
  return {
    connection,
    initialized,
    files,
    registered,
    log,
    pushed,
    messages,
    asked,
    progress,
    open(path, text = files.readFile(path) ?? "") {
      const textDocument = { uri: uriOf(path), languageId: "nix", version: nextVersion(path), text };
      void connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    },
    change(path, text, start, end) {
      void connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri: uriOf(path), version: nextVersion(path) },
        contentChanges: [start === undefined ? { text } : { text, range: { start, end: end ?? start } }],
      });
    },
    async together(send) {
      held = [];
      send();
      // Messages are written in order: when this one is, all are. The server ignores it.
      await connection.sendNotification("$/sent");
      toServer.write(Buffer.concat(held));
      held = undefined;
    },
    at(marker) {
      const found = fixture.markers.get(marker);
      if (found === undefined) throw new Error(`the fixture has no ${marker}`);
      const before = (fixture.files.get(found.path) ?? "").slice(0, found.offset).split("\n");
      const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      return { textDocument: { uri: uriOf(found.path) }, position };
    },
    diagnostics(path, accept = () => true) {
      return new Promise((resolve) => {
        const check = () => {
          const diagnostics = published.get(uriOf(path));
          if (diagnostics === undefined || !accept(diagnostics)) return;
          waiting.delete(check);
          resolve(diagnostics);
        };
        waiting.add(check);
        check();
      });
    },
    async stop() {
      await connection.sendRequest(ShutdownRequest.type);
      connection.dispose();
      server.dispose();
    },
  };
}
