/**
 * What stands in for `vscode-languageclient`, which has VS Code and a server behind it: it notes what is sent, and answers as
 * the test says.
 */
import type { BaseLanguageClient } from "vscode-languageclient";
import { inventoryRequest, nixQuestionsRequest } from "../../../../shared/requests.ts";
import { type Disposable, EventEmitter } from "./classes.ts";

/** As the real one numbers them. */
export const State = { Stopped: 1, Running: 2, Starting: 3, StartFailed: 4 };

export const CloseAction = { DoNotRestart: 1, Restart: 2 };
export const ErrorAction = { Continue: 1, Shutdown: 2 };
export const RevealOutputChannelOn = { Never: 4 };
export const TransportKind = { stdio: 0, ipc: 1, pipe: 2, socket: 3 };

export class BrowserMessageReader {
  constructor(readonly port: unknown) {}
}

export class BrowserMessageWriter {
  constructor(readonly port: unknown) {}
}

export class LanguageClient {
  state = State.Stopped;
  isDisposed = false;
  /** Why it cannot be started, if so. */
  startFailure: Error | undefined;
  /** What the server answers, by method: there is no clan, unless the test says otherwise. */
  readonly answers = new Map<string, (parameters: never) => unknown>([
    [inventoryRequest, () => []],
    [nixQuestionsRequest, () => []],
  ]);
  readonly requests: (readonly [method: string, parameters: unknown])[] = [];
  readonly notifications: (readonly [method: string, parameters: unknown])[] = [];
  readonly #states = new EventEmitter<{ oldState: number; newState: number }>();
  readonly #handlers = new Map<string, EventEmitter<unknown>>();
  readonly onDidChangeState = this.#states.event;
  readonly protocol2CodeConverter = { asWorkspaceEdit: async (edit: unknown) => edit };

  constructor(
    readonly id = "test",
    readonly name = "Test",
    readonly server?: unknown,
    readonly options?: unknown,
  ) {}

  /** How many follow its states now. */
  get followers(): number {
    return this.#states.size;
  }

  become(newState: number): void {
    const oldState = this.state;
    this.state = newState;
    this.#states.fire({ oldState, newState });
  }

  isRunning(): boolean {
    return this.state === State.Running;
  }

  needsStop(): boolean {
    return this.state === State.Running || this.state === State.Starting;
  }

  async start(): Promise<void> {
    this.become(State.Starting);
    this.become(this.startFailure === undefined ? State.Running : State.StartFailed);
    if (this.startFailure !== undefined) throw this.startFailure;
  }

  async stop(): Promise<void> {
    this.become(State.Stopped);
  }

  async sendRequest(method: string, parameters: unknown): Promise<unknown> {
    this.requests.push([method, parameters]);
    const answer = this.answers.get(method);
    if (answer === undefined) throw new Error(`Unhandled method ${method}`);
    return answer(parameters as never);
  }

  async sendNotification(method: string, parameters: unknown): Promise<void> {
    this.notifications.push([method, parameters]);
  }

  onNotification(method: string, handler: (parameters: unknown) => void): Disposable {
    // The next handler takes the place of the one before.
    const handlers = new EventEmitter<unknown>();
    this.#handlers.set(method, handlers);
    return handlers.event(handler);
  }

  /** As if the server had sent it. */
  notify(method: string, parameters?: unknown): void {
    this.#handlers.get(method)?.fire(parameters);
  }

  async dispose(): Promise<void> {
    this.isDisposed = true;
  }

  /** As the extension knows it. */
  get real(): BaseLanguageClient {
    return this as unknown as BaseLanguageClient;
  }
}
