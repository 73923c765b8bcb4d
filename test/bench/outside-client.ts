/**
 * A language server as an editor has it: a process of its own that is spoken to over stdio, and whose time and memory
 * the system tells.
 *
 *   const server = new OutsideServer(["clan-ls", "--stdio"], "pull");
 *   await server.open(folder, file, text, "nix");   await server.change(…);   server.memory()
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import {
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

export interface Change {
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

/** Whether the client asks for diagnostics, or is told. */
export type Mode = "push" | "pull";

/** One that does not answer for so long is given up, in milliseconds. */
const PATIENCE = 120_000;

export class OutsideServer {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly connection: ProtocolConnection;
  private version = 1;
  private uri = "";
  private told: (() => void) | undefined;

  constructor(
    [program = "", ...args]: readonly string[],
    private readonly mode: Mode,
  ) {
    this.process = spawn(program, args);
    this.process.stderr.resume();
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri }) => {
      if (uri === this.uri) this.told?.();
    });
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => null));
    this.connection.onRequest(RegistrationRequest.type, () => undefined);
    this.connection.listen();
  }

  /** Until the first diagnostics are there. */
  async open(folder: string, file: string, text: string, languageId: string): Promise<void> {
    this.uri = `file://${file}`;
    const rootUri = `file://${folder}`;
    await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: "bench" }],
      capabilities: { textDocument: this.mode === "pull" ? { diagnostic: {} } : { publishDiagnostics: {} } },
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    await this.diagnosticsAfter(() => {
      const textDocument = { uri: this.uri, languageId, version: this.version, text };
      return this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    });
  }

  /** Until the diagnostics after it are there. */
  change(change: Change): Promise<void> {
    return this.diagnosticsAfter(() => this.sendChange(change));
  }

  /** A key, and the list that an editor asks for because of it; how many are offered. */
  async complete(change: Change, position: Position): Promise<number> {
    await this.sendChange(change);
    const textDocument = { uri: this.uri };
    const answer = await this.connection.sendRequest(CompletionRequest.type, { textDocument, position });
    return (Array.isArray(answer) ? answer : (answer?.items ?? [])).length;
  }

  /** Megabytes it holds. Undefined where the system does not tell. */
  memory(): number | undefined {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(this.ofSystem("status") ?? "")?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  }

  /** Milliseconds of a processor it has used, all its threads together. Undefined where the system does not tell. */
  processorTime(): number | undefined {
    const fields = this.ofSystem("stat")?.split(") ")[1]?.split(" ");
    return fields && (Number(fields[11]) + Number(fields[12])) * 10;
  }

  stop(): void {
    this.connection.dispose();
    this.process.kill("SIGKILL");
  }

  private ofSystem(name: string): string | undefined {
    try {
      return readFileSync(`/proc/${this.process.pid}/${name}`, "utf8");
    } catch {
      return undefined;
    }
  }

  private sendChange({ start, end, text }: Change): Promise<void> {
    this.version++;
    return this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.uri, version: this.version },
      contentChanges: [{ range: { start, end }, text }],
    });
  }

  private async diagnosticsAfter(send: () => Promise<void>): Promise<void> {
    if (this.mode === "pull") {
      await send();
      await this.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: this.uri } });
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("no diagnostics came")), PATIENCE);
      this.told = () => {
        clearTimeout(timer);
        resolve();
      };
      send().catch(reject);
    });
  }
}
