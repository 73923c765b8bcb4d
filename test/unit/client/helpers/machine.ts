/** The machine an extension runs on, in a test: which programs it has, what they print, and which ran. */
import { readFileSync } from "node:fs";
import type { ExtensionContext, LogOutputChannel, Memento } from "vscode";
import { Uri } from "vscode";
import type { FinishedProgram, Platform, Programs } from "../../../../client/src/platform.ts";
import { editor } from "./editor.ts";
import { LanguageClient } from "./language-client.ts";

export class Machine implements Programs {
  /** By name: the absolute path. */
  readonly programs = new Map<string, string>();
  /** By the words after the program; a program that is not listed ends well and prints nothing. */
  readonly results = new Map<string, Partial<FinishedProgram>>();
  readonly looked: (readonly [program: string, folder: string])[] = [];
  readonly ran: (readonly [file: string, vector: readonly string[], folder: string])[] = [];

  constructor(...programs: readonly string[]) {
    for (const program of programs) this.programs.set(program, `/bin/${program}`);
  }

  async find(program: string, folder: string): Promise<string | undefined> {
    this.looked.push([program, folder]);
    return this.programs.get(program);
  }

  runClanLs(vector: readonly string[], folder: string, signal?: AbortSignal): Promise<FinishedProgram> {
    return this.run("clan-ls", vector, folder, signal);
  }

  async run(
    file: string,
    vector: readonly string[],
    folder: string,
    signal?: AbortSignal,
  ): Promise<FinishedProgram> {
    this.ran.push([file, vector, folder]);
    // One that is cancelled runs until then.
    if (editor.cancelsProgress && signal !== undefined)
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    return { exitCode: 0, stdout: "", stderr: "", ...this.results.get(vector.join(" ")) };
  }
}

/** With a client that is not connected to a server. */
export function platformOf(programs: Programs | undefined, client = new LanguageClient()): Platform {
  return { programs, createClient: async () => client.real };
}

export const log = {
  warn: (text: string) => editor.logged.push(`warn: ${text}`),
  error: (text: string) => editor.logged.push(`error: ${text}`),
} as unknown as LogOutputChannel;

export class State implements Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get<T>(key: string): T {
    return this.#values.get(key) as T;
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

export function extensionContext(): ExtensionContext {
  const extensionUri = Uri.parse("file:///extension");
  const context = {
    subscriptions: [],
    extensionUri,
    extension: { id: "clan-nix.vscode-clan", packageJSON: JSON.parse(readFileSync("package.json", "utf8")) },
    globalStorageUri: Uri.parse("file:///storage"),
    workspaceState: new State(),
    asAbsolutePath: (path: string) => `/extension/${path}`,
  };
  return context as unknown as ExtensionContext;
}

/** Until all that was begun has come to its end: everything here answers at once. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
}
