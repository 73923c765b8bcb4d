/**
 * A value that is computed when first asked for, once. A failure is remembered like a value.
 * Only the machine (machine.ts) drives a thunk; everyone else yields it or asks the evaluator.
 */
import type { Node } from "../syntax/ast.ts";
import type { Eval } from "./machine.ts";
import type { Failure, Value } from "./value.ts";

export type Compute = () => Value | Eval<Value>;

export class Thunk {
  state: "pending" | "running" | "done" | "failed";
  /** Set when done. */
  value: Value | undefined;
  /** Set when failed. */
  failure: Failure | undefined;
  /** Set while pending. */
  compute: Compute | undefined;
  /** The expression it will evaluate, if it was written somewhere. */
  readonly node: Node | undefined;

  constructor(compute: Compute, node?: Node) {
    this.state = "pending";
    this.value = undefined;
    this.failure = undefined;
    this.compute = compute;
    this.node = node;
  }

  /** A thunk that is already a value. */
  static of(value: Value, node?: Node): Thunk {
    const thunk = new Thunk(() => value, node);
    thunk.finish(value);
    return thunk;
  }

  finish(value: Value): void {
    this.state = "done";
    this.value = value;
    this.compute = undefined;
  }

  fail(failure: Failure): void {
    this.state = "failed";
    this.failure = failure;
    this.compute = undefined;
  }
}
