/**
 * A TypeScript result that is computed inside the evaluator, when first asked for and once: like a thunk,
 * but for data that is no Nix value. Asking for it while it is being computed is infinite recursion.
 *
 *   const names = new Lazy(function* () { return [...expectAttrs(yield set).attrs.keys()]; });
 *   yield* names.get()   ->   ["a", "b"]
 */
import { Undecided } from "../nix/errors.ts";
import { nullValue } from "../nix/make.ts";
import type { Eval } from "../nix/step.ts";
import { NixThunk, Thunk } from "../nix/thunk.ts";
import type { Value } from "../nix/value.ts";

export class Lazy<T> {
  /** What runs the computation; there while it has begun and is not finished. */
  private thunk: Thunk | undefined;
  private result: { readonly value: T } | undefined;

  /** `asInNix`: it asks for what Nix asks for in its place. */
  constructor(
    private compute: (() => Eval<T>) | undefined,
    private readonly asInNix = false,
  ) {}

  /** One that is computed already. */
  static of<T>(value: T): Lazy<T> {
    const lazy = new Lazy<T>(undefined);
    lazy.result = { value };
    return lazy;
  }

  /** Throws what the computation throws. */
  *get(): Eval<T> {
    let found = this.known();
    if (found !== undefined) return found.value;
    this.thunk ??= this.asInNix ? new NixThunk(() => this.fill()) : new Thunk(() => this.fill());
    const value = yield this.thunk;
    found = this.known();
    if (found !== undefined) return found.value;
    // Undecided does not pass a thunk's boundary: it became the thunk's value.
    if (value.type === "unknown") throw new Undecided(value);
    throw new Error("a finished computation left no result");
  }

  /** The result, if it was computed already. */
  known(): { readonly value: T } | undefined {
    return this.result;
  }

  /** Somebody waits for it: whoever asks for it now asks for himself. */
  isRunning(): boolean {
    return this.thunk?.state === "running";
  }

  private *fill(): Eval<Value> {
    if (this.compute === undefined) throw new Error("a finished computation is begun again");
    this.result = { value: yield* this.compute() };
    // What it was made of is no longer needed.
    this.compute = undefined;
    this.thunk = undefined;
    return DONE;
  }
}

const DONE: Value = nullValue();
