/**
 * One wrapper for every handler: an error is logged with its method and stack and answered with nothing, so
 * that no request can end the server or show a person a stack.
 *
 *   guard.request(hoverHandler)   ->   (params, token) => Promise<answer>
 */
import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { describeThrown } from "../nix/thrown.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Session } from "./session.ts";

/** How long messages wait while something is done in steps, in milliseconds. */
const patience = 20;

/** What is done step by step, with an answer at the end. */
export type Steps<R> = Generator<unknown, R>;

/** What of a handler concerns the guard: see `RequestHandler`. */
interface Guarded<P, R> {
  readonly method: string;
  readonly empty: R;
  readonly ofTextThen?: boolean;
  load?(session: Session): Promise<void>;
  prepare?(session: Session): Iterable<unknown>;
  handle(session: Session, params: P, then?: Snapshot): R | Steps<R>;
}

/** Parameters of a request; most are about a document. */
interface Params {
  readonly textDocument?: { readonly uri: string };
}

export class Guard {
  /** Requests that have come and are not answered. */
  private pending = 0;

  constructor(
    /** Undefined until the client has initialized the server. */
    private readonly session: () => Session | undefined,
    private readonly log: (message: string) => void,
    /** Whether the client has said that it needs the server no more. */
    private readonly isOver: () => boolean = () => false,
  ) {}

  /**
   * A handler that answers `empty` where `handle` fails. The answer is dropped when the request was
   * cancelled, or its document changed before it was begun: it would speak of another text than the client's.
   * One that is `ofTextThen` is answered all the same, from the state of the workspace when it came.
   * `prepare` is done before, step by step.
   */
  request<P, R>({
    method,
    empty,
    handle,
    load = async () => undefined,
    prepare = () => [],
    ofTextThen = false,
  }: Guarded<P, R>): (params: P & Params, token: CancellationToken) => Promise<R | ResponseError<never>> {
    return async (params, token) => {
      const session = this.session();
      if (session === undefined) {
        const code = this.isOver() ? ErrorCodes.InvalidRequest : ErrorCodes.ServerNotInitialized;
        const state = this.isOver() ? "has been shut down" : "has not been initialized";
        return new ResponseError<never>(code, `${method}: the server ${state}`);
      }
      const uri = params?.textDocument?.uri;
      const versionNow = () => (uri === undefined ? undefined : session.documents.get(uri)?.version);
      const version = versionNow();
      const isChanged = () => !ofTextThen && versionNow() !== version;
      const then = ofTextThen ? session.workspace.snapshot() : undefined;
      this.pending++;
      try {
        await letMessagesIn();
        await load(session);
        await this.inSteps(method, prepare(session), () => token.isCancellationRequested || isChanged());
        if (token.isCancellationRequested) return refused(LSPErrorCodes.RequestCancelled, method);
        if (isChanged()) return refused(LSPErrorCodes.ContentModified, method);
        const isConsistent = session.watch();
        const begun = this.attempt(method, () => handle(session, params, then), empty);
        let answer = empty;
        if (isInSteps(begun)) {
          const snapshot = session.workspace.snapshot();
          const isOver = () => session.workspace.snapshot() !== snapshot;
          const steps = remembered(begun, (last) => {
            answer = last;
          });
          await this.inSteps(method, steps, () => token.isCancellationRequested || isOver());
          if (token.isCancellationRequested) return refused(LSPErrorCodes.RequestCancelled, method);
          if (isOver()) return refused(LSPErrorCodes.ContentModified, method);
        } else answer = begun;
        if (isConsistent()) return answer;
        return this.attempt(
          method,
          () => session.consistently(() => whole(handle(session, params, then))),
          empty,
        );
      } finally {
        this.pending--;
      }
    };
  }

  /** Until all requests that have come are answered. */
  async answered(): Promise<void> {
    do await letMessagesIn();
    while (this.pending > 0);
  }

  /**
   * Takes the steps, and lets messages in where they take long. False if `isStale` became true meanwhile: the
   * rest is not done.
   */
  async inSteps(what: string, steps: Iterable<unknown>, isStale: () => boolean): Promise<boolean> {
    const left = steps[Symbol.iterator]();
    let due = performance.now() + patience;
    while (!isStale()) {
      if (this.attempt(what, () => left.next().done === true, true)) return true;
      if (performance.now() < due) continue;
      await letMessagesIn();
      due = performance.now() + patience;
    }
    return false;
  }

  notification<P>(method: string, handle: (session: Session, params: P) => void): (params: P) => void {
    return (params) => {
      const session = this.session();
      if (session !== undefined) this.attempt(method, () => handle(session, params), undefined);
    };
  }

  /** What `work` gives, or `empty` and a line in the log. */
  attempt<R>(what: string, work: () => R, empty: R): R {
    this.session()?.turn.begin();
    try {
      return work();
    } catch (error) {
      this.log(`${what}: ${describeThrown(error)}`);
      return empty;
    }
  }
}

/**
 * Cancellations and changes that wait behind what is being done get their turn. Twice: a timer that is due comes
 * before the message that was waiting.
 */
export async function letMessagesIn(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
}

function refused(code: number, method: string): ResponseError<never> {
  return new ResponseError<never>(code, method);
}

function* remembered<R>(steps: Steps<R>, remember: (last: R) => void): Generator<unknown> {
  remember(yield* steps);
}

/** All steps at once. */
function whole<R>(answer: R | Steps<R>): R {
  if (!isInSteps(answer)) return answer;
  for (;;) {
    const step = answer.next();
    if (step.done === true) return step.value;
  }
}

function isInSteps<R>(answer: R | Steps<R>): answer is Steps<R> {
  return typeof answer === "object" && answer !== null && "next" in answer && "throw" in answer;
}
