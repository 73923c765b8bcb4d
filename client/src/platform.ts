/** What the extension needs from where it runs: a desktop or remote machine (node.ts), or a browser (browser.ts). */
import type { ExtensionContext, LogOutputChannel } from "vscode";
import type { BaseLanguageClient, ErrorHandler } from "vscode-languageclient";

export interface Platform {
  /** The client of a language server that starts when the client does. Rejects when a file of ours cannot be read. */
  createClient(
    context: ExtensionContext,
    log: LogOutputChannel,
    errorHandler: ErrorHandler,
  ): Promise<BaseLanguageClient>;
  /** The machine's programs; undefined in a browser, where nothing can be started. */
  readonly programs: Programs | undefined;
}

export interface Programs {
  /**
   * The absolute path of `program` as the shell would find it: on PATH, or relative to `folder` when it has
   * a slash. Undefined when there is none, or it may not be executed.
   */
  find(program: string, folder: string): Promise<string | undefined>;
  /**
   * Runs the program at the absolute path `file` with an argument vector, in `folder`, to its end or until
   * `signal` aborts it. Never rejects.
   */
  run(
    file: string,
    vector: readonly string[],
    folder: string,
    signal?: AbortSignal,
  ): Promise<FinishedProgram>;
  /** The same for `clan-ls`, the command line of the extension's own server. */
  runClanLs(vector: readonly string[], folder: string, signal?: AbortSignal): Promise<FinishedProgram>;
}

export interface FinishedProgram {
  /** Undefined when it could not be started, or was ended by a signal. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  /** Of a program that could not be started, why. */
  readonly stderr: string;
}
