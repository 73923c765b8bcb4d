/**
 * A value that is computed when first asked for, once. A failure is remembered like a value.
 * Only the machine (machine.ts) drives a thunk; everyone else yields it or asks the evaluator.
 *
 *   new Thunk(() => int(1))          a native computation
 *   new Thunk(code, expr, env)       the compiled expression `expr`, to be run in `env`
 */
import type { Node } from "../syntax/ast.ts";
import type { Env } from "./env.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Pending, Step } from "./step.ts";
import type { Failure, Value } from "./value.ts";

/** Native computations ignore both arguments; compiled expressions get the thunk's scope and the machine. */
export type Compute = (env: Env | undefined, interpreter: Interpreter) => Step;

export class Thunk {
  /** `suspended`: begun on the JavaScript stack, and `rest` gives its value. */
  state: "pending" | "running" | "suspended" | "done" | "failed";
  /** Set when done. */
  value: Value | undefined;
  /** Set when failed. */
  failure: Failure | undefined;
  /** Set until done or failed, so that an evaluation that ran out of budget can be tried again. */
  compute: Compute | undefined;
  env: Env | undefined;
  rest: Pending | undefined;
  /** The expression it will evaluate, if it was written somewhere. */
  readonly node: Node | undefined;

  constructor(compute: Compute, node?: Node, env?: Env) {
    this.state = "pending";
    this.value = undefined;
    this.failure = undefined;
    this.compute = compute;
    this.env = env;
    this.rest = undefined;
    this.node = node;
  }

  /** A thunk that is already a value. */
  static of(value: Value, node?: Node): Thunk {
    const thunk = new Thunk(computed, node);
    thunk.finish(value);
    return thunk;
  }

  finish(value: Value): void {
    this.state = "done";
    this.value = value;
    this.release();
  }

  fail(failure: Failure): void {
    this.state = "failed";
    this.failure = failure;
    this.release();
  }

  /** Forgets a computation that was begun, as if the thunk had never been asked for. */
  reset(): void {
    this.state = "pending";
    this.rest = undefined;
  }

  private release(): void {
    this.compute = undefined;
    this.env = undefined;
    this.rest = undefined;
  }
}

/**
 * A native computation that asks for what Nix asks for in its place, and for nothing else: where it asks for itself, so
 * does Nix.
 */
export class NixThunk extends Thunk {}

function computed(): never {
  throw new Error("a finished thunk has nothing to compute");
}
