/**
 * The built `clan-ls --stdio` in a process of its own, and everything it says that a person would see or find in a log.
 *
 *   const server = await ServerProcess.start(root, [folder], capabilities);
 *   await server.ask("textDocument/hover", …);   server.failed   server.said   server.peakMemory()
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  type ClientCapabilities,
  createProtocolConnection,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  MessageType,
  type ProtocolConnection,
  type ServerCapabilities,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

export class ServerProcess {
  /** Requests the server answered with an error, with the error. */
  readonly failed: string[] = [];
  /** What it wrote to stderr, logged as an error or a warning, or showed. */
  readonly said: string[] = [];
  offers: ServerCapabilities = {};
  /** Settles when the process has ended, however that was. */
  readonly ended: Promise<unknown>;

  private constructor(
    private readonly process: ChildProcess,
    private readonly connection: ProtocolConnection,
  ) {
    this.ended = once(process, "exit");
  }

  /**
   * Over the clans in `folders`, absolute paths; `root` is the checkout. `under`: a program and its arguments that run it, such
   * as one that watches it.
   */
  static async start(
    root: string,
    folders: readonly string[],
    capabilities: ClientCapabilities,
    { under = [], env }: { readonly under?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {},
  ): Promise<ServerProcess> {
    const line = [...under, globalThis.process.execPath, path.join(root, "server/bin/clan-ls.js"), "--stdio"];
    const [program = "", ...vector] = line;
    const process = spawn(program, vector, { stdio: ["pipe", "pipe", "pipe"], env });
    const connection = createProtocolConnection(
      new StreamMessageReader(process.stdout),
      new StreamMessageWriter(process.stdin),
    );
    const server = new ServerProcess(process, connection);
    process.stderr.on("data", (data) => server.said.push(`stderr: ${data}`));
    // One that has died is found out by whoever waits for an answer.
    process.stdin.on("error", () => undefined);
    server.listen();
    const { capabilities: offers } = await connection.sendRequest(InitializeRequest.type, {
      processId: globalThis.process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders: folders.map((folder) => ({
        uri: pathToFileURL(folder).href,
        name: path.basename(folder),
      })),
    });
    server.offers = offers;
    await connection.sendNotification(InitializedNotification.type, {});
    return server;
  }

  private listen(): void {
    const { connection } = this;
    connection.onRequest("workspace/configuration", ({ items }) => items.map(() => null));
    connection.onRequest("client/registerCapability", () => null);
    connection.onRequest("window/workDoneProgress/create", () => null);
    for (const what of ["codeLens", "diagnostic", "inlayHint", "semanticTokens"])
      connection.onRequest(`workspace/${what}/refresh`, () => null);
    const note = (how: string) => (params: { type: number; message: string }) => {
      if (how === "shown" || params.type <= MessageType.Warning) this.said.push(`${how}: ${params.message}`);
    };
    connection.onNotification("window/logMessage", note("logged"));
    connection.onNotification("window/showMessage", note("shown"));
    connection.onRequest("window/showMessageRequest", (params) => {
      note("shown")(params);
      return null;
    });
    connection.listen();
  }

  /** Undefined, and noted, if the request fails. */
  async ask<T>(method: string, params: object): Promise<T | undefined> {
    try {
      return await this.connection.sendRequest<T>(method, params);
    } catch (error) {
      this.failed.push(`${method}: ${error}`);
      return undefined;
    }
  }

  /** Noted if it cannot be sent, since the server has died. */
  async notify(method: string, params: object): Promise<void> {
    try {
      await this.connection.sendNotification(method, params);
    } catch (error) {
      this.failed.push(`${method}: ${error}`);
    }
  }

  /** The most it held so far, in megabytes. Undefined where the system does not tell. */
  peakMemory(): number | undefined {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(this.ofSystem("status") ?? "")?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  }

  /** Seconds for which its main thread has worked: what a busy machine does not change. Undefined likewise. */
  processorTime(): number | undefined {
    const fields = this.ofSystem(`task/${this.process.pid}/stat`)?.split(") ")[1]?.split(" ");
    return fields && (Number(fields[11]) + Number(fields[12])) / 100;
  }

  private ofSystem(name: string): string | undefined {
    try {
      return readFileSync(`/proc/${this.process.pid}/${name}`, "utf8");
    } catch {
      return undefined;
    }
  }

  async close(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    await this.ended;
    this.connection.dispose();
  }

  /** Ends it whatever it does. */
  async kill(): Promise<void> {
    this.connection.dispose();
    this.process.kill("SIGKILL");
    await this.ended;
  }
}
