/**
 * Runs evaluations without using the JavaScript stack for Nix's recursion.
 *
 * Code that needs the value of a thunk is a generator that yields the thunk and is resumed with its
 * value; the machine keeps the waiting generators on a stack of its own:
 *
 *   function* length(list: Thunk): Eval<Value> { const v = yield list; … }
 *
 * A failing thunk is thrown into the generator that asked, so `tryEval` is a `try`.
 */
import { NixError } from "./errors.ts";
import type { Thunk } from "./thunk.ts";
import type { Failure, Value } from "./value.ts";

/** A computation that may ask for thunks. `yield*` only to helpers that do not recurse with the data. */
export type Eval<T> = Generator<Thunk, T, Value>;

export interface Budget {
  /** Thunks that may still be started. */
  steps: number;
  /** Waiting computations allowed at once. */
  readonly depth: number;
  /** Called now and then; true ends the evaluation (time is up, request cancelled). */
  readonly stop: () => boolean;
}

interface Frame {
  readonly generator: Eval<unknown>;
  /** The thunk this frame computes; undefined for the root. */
  readonly thunk: Thunk | undefined;
}

/** Runs `root` to its end. Throws NixError if it fails. Re-entrant. */
export function run<T>(root: Eval<T>, budget: Budget): T {
  const stack: Frame[] = [{ generator: root, thunk: undefined }];
  let input: Value | undefined;
  let failure: Failure | undefined;
  for (;;) {
    const frame = stack[stack.length - 1] as Frame;
    let step: IteratorResult<Thunk, unknown>;
    try {
      step =
        failure === undefined
          ? frame.generator.next(input as Value)
          : frame.generator.throw(new NixError(failure));
    } catch (error) {
      failure = toFailure(error);
      stack.pop();
      settle(frame.thunk, failure);
      if (stack.length === 0) throw error;
      continue;
    }
    failure = undefined;
    if (step.done) {
      stack.pop();
      if (stack.length === 0) return step.value as T;
      input = step.value as Value;
      frame.thunk?.finish(input);
      continue;
    }
    const thunk = step.value;
    if (thunk.state === "done") {
      input = thunk.value;
    } else if (thunk.state === "failed") {
      failure = thunk.failure;
    } else if (thunk.state === "running") {
      failure = {
        type: "failure",
        kind: "recursion",
        message: "infinite recursion encountered",
        origins: thunk.node ? [thunk.node] : undefined,
      };
    } else {
      failure = exhausted(budget, stack.length);
      if (failure !== undefined) continue;
      const compute = thunk.compute as NonNullable<Thunk["compute"]>;
      thunk.state = "running";
      try {
        const started = compute();
        if (isValue(started)) {
          thunk.finish(started);
          input = started;
        } else {
          stack.push({ generator: started, thunk });
          input = undefined;
        }
      } catch (error) {
        failure = toFailure(error);
        settle(thunk, failure, compute);
      }
    }
  }
}

function isValue(started: Value | Eval<Value>): started is Value {
  return "type" in started;
}

/** An exhausted budget says nothing about the thunk: it may be tried again with a fresh one. */
function settle(thunk: Thunk | undefined, failure: Failure, compute = thunk?.compute): void {
  if (thunk === undefined) return;
  if (failure.kind === "budget") {
    thunk.state = "pending";
    thunk.compute = compute;
  } else {
    thunk.fail(failure);
  }
}

function exhausted(budget: Budget, depth: number): Failure | undefined {
  budget.steps--;
  if (budget.steps <= 0 || ((budget.steps & 1023) === 0 && budget.stop()))
    return { type: "failure", kind: "budget", message: "the evaluation took too long and was stopped" };
  if (depth > budget.depth)
    return {
      type: "failure",
      kind: "budget",
      message: "stack overflow; the evaluation is nested too deeply",
    };
  return undefined;
}

function toFailure(error: unknown): Failure {
  if (error instanceof NixError) return error.failure;
  throw error;
}
