/**
 * What code answers with: the value, if it could be had at once, or what remains to be done, a thunk or a generator. A
 * generator yields what it needs and is resumed with the value:
 *
 *   function* sum(a: Thunk, b: Thunk): Eval<Value> {
 *     return int(expectInt(yield a).value + expectInt(yield b).value);
 *   }
 *
 * machine.ts runs them. Every thunk and every generator *yielded* is a boundary for `Undecided`: its value is then the
 * Unknown. (`yield*` is no boundary.)
 */
import type { NixError } from "./errors.ts";
import type { Thunk } from "./thunk.ts";
import type { Value } from "./value.ts";

/** A value, or what must be yielded to get it. */
export type Step = Value | Pending;
export type Pending = Thunk | Computation;
/** What can be run for a value: a generator, usually. */
export interface Computation {
  next(value: Value): IteratorResult<Pending, Value>;
  throw(error: NixError): IteratorResult<Pending, Value>;
}
/** A computation that may ask for values. `yield*` only to helpers that do not recurse with the data. */
export type Eval<T> = Generator<Pending, T, Value>;

/** A computation that has been run up to where it waits for `wanted`. */
export class Waiting implements Computation {
  private begun = false;

  constructor(
    private readonly computation: Computation,
    private readonly wanted: Pending,
  ) {}

  next(value: Value): IteratorResult<Pending, Value> {
    if (this.begun) return this.computation.next(value);
    this.begun = true;
    return { done: false, value: this.wanted };
  }

  throw(error: NixError): IteratorResult<Pending, Value> {
    return this.computation.throw(error);
  }
}

export function isValue(step: Step): step is Value {
  return (step as { type?: string }).type !== undefined;
}

/** `next` of the value, at once if it is there. */
export function andThen(step: Step, next: (value: Value) => Step): Step {
  return isValue(step) ? next(step) : resumed(step, next);
}

function* resumed(step: Pending, next: (value: Value) => Step): Eval<Value> {
  const result = next(yield step);
  return isValue(result) ? result : yield result;
}
