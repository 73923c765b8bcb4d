/**
 * When a server that died is started again: at once, then after one, two and four seconds. One that dies five times within three minutes
 * is left, which the person is told, until they ask for it.
 */
import { type Disposable, EventEmitter } from "vscode";
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandler,
  type ErrorHandlerResult,
} from "vscode-languageclient";

/** In milliseconds: before the next start, by how many deaths there were before. */
const waits = [0, 1000, 2000, 4000];

/** In milliseconds: deaths of longer ago do not count. */
const counted = 3 * 60_000;

export class Restarts implements ErrorHandler, Disposable {
  private deaths: number[] = [];
  private waiting: { readonly timer: ReturnType<typeof setTimeout>; readonly go: () => void } | undefined;
  private hasGivenUp = false;
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  /** A server that died is waited with, or it is left. */
  get state(): "none" | "waiting" | "left" {
    return this.hasGivenUp ? "left" : this.waiting === undefined ? "none" : "waiting";
  }

  /** A server that dies cannot be written to: what counts is that the connection ends, and then it is started again. */
  error(): ErrorHandlerResult {
    return { action: ErrorAction.Continue, handled: true };
  }

  async closed(): Promise<CloseHandlerResult> {
    const now = Date.now();
    const before = this.deaths.filter((time) => now - time < counted);
    this.deaths = [...before, now];
    const wait = waits[before.length];
    if (wait === undefined) {
      this.hasGivenUp = true;
      this.changed.fire();
      return { action: CloseAction.DoNotRestart, handled: true };
    }
    if (wait > 0) {
      await new Promise<void>((go) => {
        this.waiting = { timer: setTimeout(go, wait), go };
        this.changed.fire();
      });
      this.waiting = undefined;
      this.changed.fire();
    }
    return { action: CloseAction.Restart, handled: true };
  }

  /** The person wants it now, and what was before does not count. True where it starts by that. */
  startNow(): boolean {
    this.deaths = [];
    this.hasGivenUp = false;
    const { waiting } = this;
    if (waiting === undefined) return false;
    clearTimeout(waiting.timer);
    waiting.go();
    return true;
  }

  /** One that is waited with is not started any more. */
  dispose(): void {
    clearTimeout(this.waiting?.timer);
    this.changed.dispose();
  }
}
