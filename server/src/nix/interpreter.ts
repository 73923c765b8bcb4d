/**
 * Runs evaluations without letting Nix's recursion overflow the JavaScript stack.
 *
 * Quick code (step.ts) runs directly, as JavaScript calls nested up to `DIRECT_DEPTH`; past that it answers with an
 * unstarted thunk, all callers turn into generators, and the interpreter goes on with these on a stack of its own.
 *
 * A failing thunk is thrown into the generator that asked, so `tryEval` is a `try`.
 */
import type { Node } from "../syntax/ast.ts";
import type { CopyOptions } from "./copy-to-store.ts";
import type { Env } from "./env.ts";
import { asNixError, derived, fail, located, NixError, traced, Undecided } from "./errors.ts";
import { showType } from "./expect.ts";
import { andThen, type Computation, type Eval, isValue, type Pending, type Step, Waiting } from "./step.ts";
import { type Compute, NixThunk, Thunk } from "./thunk.ts";
import type { BuiltinValue, Failure, Value } from "./value.ts";
import { sizeOf } from "./value-size.ts";

export interface Budget {
  /** Thunks and calls that may still be started. */
  steps: number;
  /**
   * How many of them one computation from outside may take. One that takes more has failed, and keeps nobody from the
   * rest; without this limit it ends the evaluation as a whole.
   */
  readonly run?: number;
  /** Waiting computations allowed at once. */
  readonly depth: number;
  /** Called now and then; true ends the evaluation (time is up, request cancelled). */
  readonly stop: () => boolean;
}

interface Frame {
  /** Undefined when the frame only waits to pass a value on to `thunk`. */
  readonly computation: Pick<Eval<unknown>, "next" | "throw"> | undefined;
  /** The thunk this frame computes, if any. */
  readonly thunk: Thunk | undefined;
}

/** Nix calls and thunks that may be nested as JavaScript calls; each takes a handful of stack frames. */
const DIRECT_DEPTH = 128;

/** How often it is asked whether the evaluation must stop, in steps. */
const CHECKED = 1024;

/** What code can see besides its own variables. */
export interface World {
  /** The names every file sees: `true`, `map`, `builtins`, … */
  readonly globals: ReadonlyMap<string, Thunk>;
  /** Evaluations of a file share the sets and lists that are written out in it (compile/data.ts). */
  readonly sharesData: boolean;
  /** What `~` stands for, if that is known. */
  readonly home: string | undefined;
  /** The store path of a copy of `path`, or an Unknown. */
  copyToStore(path: string, options: CopyOptions): Step;
}

export class Interpreter {
  /** How many Nix calls and thunks are nested on the JavaScript stack now. */
  private depth = 0;
  /** What is kept from the computation that runs now. */
  private reserve: number | undefined;
  /** Steps until it is asked again; many short computations are as long as one. */
  private untilAsked = CHECKED;
  /** Somebody wants no answer any more. */
  private isStopped = false;

  constructor(
    readonly world: World,
    readonly budget: Budget,
  ) {}

  /** The thunk's value, if it can be had at once. Throws its failure. */
  force(thunk: Thunk): Step {
    if (thunk.state === "done") return thunk.value as Value;
    if (thunk.state === "pending" && this.depth < DIRECT_DEPTH) return this.start(thunk);
    if (thunk.state === "failed") throw new NixError(thunk.failure as Failure);
    return thunk;
  }

  /** Runs `code`, the code of `node`, now if the JavaScript stack has room for it, else later. */
  deeper(code: Compute, node: Node, env: Env | undefined): Step {
    if (this.depth >= DIRECT_DEPTH) return new Thunk(code, node, env);
    this.depth++;
    const step = code(env, this);
    this.depth--;
    return step;
  }

  /** Calls `fn`; `node` is the call, for messages. */
  apply(fn: Value, arg: Thunk, node?: Node): Step {
    switch (fn.type) {
      case "lambda": {
        if (this.depth >= DIRECT_DEPTH)
          return new Thunk((_, interpreter) => interpreter.apply(fn, arg, node), node);
        this.spend();
        this.depth++;
        const step = fn.enter(fn.env, arg, this, node);
        this.depth--;
        return step;
      }
      case "builtin": {
        const args = [...fn.args, arg];
        if (args.length < fn.arity) return { ...fn, args };
        return this.callBuiltin(fn, args, node);
      }
      case "attrs": {
        const functor = fn.attrs.get("__functor")?.value;
        if (functor === undefined) {
          if (fn.open) return derived(fn.open);
          break;
        }
        return andThen(this.force(functor), (method) =>
          andThen(this.apply(method, Thunk.of(fn), node), (bound) => this.apply(bound, arg, node)),
        );
      }
      case "unknown":
        return derived(fn);
    }
    // A function of Nix itself calls what it is given: then that is what is wrong, and not what it is called with.
    const at = node ?? fn.origins?.[0];
    return fail("error", `attempt to call something which is not a function but ${showType(fn)}`, at);
  }

  /** Runs `root` to its end. Throws NixError if it fails, Undecided if it does. Re-entrant. */
  run<T>(root: Eval<T>): T {
    if (this.reserve !== undefined) return this.runNow(root);
    const { budget } = this;
    this.reserve = Math.max(0, budget.steps - (budget.run ?? budget.steps));
    budget.steps -= this.reserve;
    try {
      return this.runNow(root);
    } finally {
      // What stops the evaluation ends it for good.
      if (!this.isStopped) budget.steps = Math.max(0, budget.steps) + this.reserve;
      this.reserve = undefined;
    }
  }

  private runNow<T>(root: Eval<T>): T {
    const outerDepth = this.depth;
    const stack: Frame[] = [{ computation: root, thunk: undefined }];
    try {
      return this.loop(stack) as T;
    } catch (error) {
      // After a defect of our own, nothing may look as if it were still being computed.
      for (const frame of stack) frame.thunk?.reset();
      throw error;
    } finally {
      this.depth = outerDepth;
    }
  }

  private loop(stack: Frame[]): unknown {
    let value: Value | undefined;
    let error: NixError | undefined;
    for (;;) {
      const { computation, thunk } = stack[stack.length - 1] as Frame;
      this.depth = 0;
      let wanted: Pending;
      try {
        if (computation === undefined) {
          if (error !== undefined) throw error;
          stack.pop();
          thunk?.finish(value as Value);
          continue;
        }
        const step = error === undefined ? computation.next(value as Value) : computation.throw(error);
        error = undefined;
        if (step.done) {
          stack.pop();
          if (stack.length === 0) return step.value;
          value = step.value as Value;
          thunk?.finish(value);
          continue;
        }
        wanted = step.value;
      } catch (thrown) {
        error = undefined;
        stack.pop();
        if (stack.length === 0) throw thrown;
        if (thrown instanceof Undecided) {
          value = thrown.unknown;
          thunk?.finish(value);
        } else {
          error = thunk === undefined ? asNixError(thrown) : settle(thunk, thrown);
        }
        continue;
      }
      try {
        value = this.enter(wanted, stack);
      } catch (thrown) {
        error = asNixError(thrown);
      }
    }
  }

  /** The value of `wanted`, or undefined after putting frames on the stack that will give it. */
  private enter(wanted: Pending, stack: Frame[]): Value | undefined {
    // Counted even if the value is there: walking through cyclic data must end some time.
    this.spend();
    for (;;) {
      if (!(wanted instanceof Thunk)) {
        stack.push({ computation: wanted, thunk: undefined });
        return undefined;
      }
      if (stack.length > this.budget.depth)
        fail("budget", "stack overflow; the evaluation is nested too deeply");
      switch (wanted.state) {
        case "done":
          return wanted.value as Value;
        case "failed":
          throw new NixError(wanted.failure as Failure);
        case "running":
          return failRecursion(wanted, stack);
        case "pending": {
          const step = this.start(wanted);
          if (isValue(step)) return step;
          break;
        }
        case "suspended": {
          const rest: Pending = wanted.rest as Pending;
          wanted.state = "running";
          wanted.rest = undefined;
          if (rest instanceof Thunk) {
            stack.push({ computation: undefined, thunk: wanted });
            wanted = rest;
            break;
          }
          stack.push({ computation: rest, thunk: wanted });
          return undefined;
        }
      }
    }
  }

  /** Begins a pending thunk: its value, or the thunk itself, now suspended. */
  private start(thunk: Thunk): Step {
    this.spend();
    const depth = this.depth++;
    const compute = thunk.compute as NonNullable<Thunk["compute"]>;
    thunk.state = "running";
    try {
      const step = this.now(compute(thunk.env, this));
      this.depth = depth;
      if (isValue(step)) {
        thunk.finish(step);
        return step;
      }
      thunk.state = "suspended";
      thunk.rest = step;
      return thunk;
    } catch (thrown) {
      this.depth = depth;
      if (thrown instanceof Undecided) {
        thunk.finish(thrown.unknown);
        return thrown.unknown;
      }
      throw settle(thunk, thrown);
    }
  }

  /** Calls a builtin with all the arguments it takes. */
  callBuiltin(fn: BuiltinValue, args: readonly Thunk[], node: Node | undefined): Step {
    const depth = this.depth;
    try {
      const step = this.now(fn.call(args, this));
      if (isValue(step)) return this.paid(step, args);
      // A thunk around the computation is a boundary for Undecided and tells failures where the call is.
      return step instanceof Thunk
        ? step
        : new NixThunk(() => andThen(step, (value) => this.paid(value, args)), node);
    } catch (thrown) {
      this.depth = depth;
      if (thrown instanceof Undecided) return thrown.unknown;
      throw located(thrown, node);
    }
  }

  /** As far as it goes on the JavaScript stack. */
  private now(step: Step): Step {
    if (isValue(step)) return step;
    return step instanceof Thunk ? this.force(step) : this.drive(step);
  }

  /** Runs a computation: its value, or the same computation, waiting for what could not be had at once. */
  private drive(computation: Computation): Step {
    if (this.depth >= DIRECT_DEPTH) return computation;
    const depth = this.depth++;
    try {
      let next = computation.next(undefined as unknown as Value);
      while (!next.done) {
        this.spend();
        const wanted = next.value;
        let value: Step;
        try {
          value = this.now(wanted);
        } catch (thrown) {
          this.depth = depth + 1;
          next = computation.throw(asNixError(thrown));
          continue;
        }
        if (!isValue(value)) return new Waiting(computation, value);
        next = computation.next(value);
      }
      return next.value;
    } catch (thrown) {
      if (thrown instanceof Undecided) return thrown.unknown;
      throw thrown;
    } finally {
      this.depth = depth;
    }
  }

  private spend(): void {
    const { budget } = this;
    budget.steps--;
    if (--this.untilAsked <= 0) this.ask();
    if (budget.steps <= 0) this.end("the evaluation took too long and was stopped");
  }

  /**
   * Takes `units` from the budget: a unit is the memory, and the time, of a thunk. So what the steps are limited to
   * limits the memory of an evaluation as well, whatever it is spent on.
   */
  pay(units: number): void {
    const { budget } = this;
    budget.steps -= units;
    this.untilAsked -= units;
    if (this.untilAsked <= 0) this.ask();
    if (budget.steps <= 0) this.end("the evaluation became too large and was stopped");
  }

  private ask(): void {
    this.untilAsked = CHECKED;
    this.isStopped = this.budget.stop();
    if (this.isStopped) this.budget.steps = 0;
  }

  /** For good: what was left half done must not pass for all there is when it is asked for once more. */
  private end(message: string): never {
    const isPassing = !this.reserve || this.isStopped;
    throw new NixError({ type: "failure", kind: "budget", message, isPassing });
  }

  /**
   * `step`; what it holds, if it was made just now, is paid for. `from`: what it was made of; `shared`: characters it
   * has in common with that.
   */
  paid(step: Step, from: readonly Thunk[] = [], shared = 0): Step {
    if (isValue(step)) {
      const units = sizeOf(step, from, shared);
      if (units > 0) this.pay(units);
    }
    return step;
  }
}

/** `stack` leads from `wanted`, unless another run of the interpreter began it, to who asks for it again. */
function failRecursion(wanted: Thunk, stack: readonly Frame[]): never {
  const from = stack.findIndex(({ thunk }) => thunk === wanted);
  const isOfNix =
    from !== -1 &&
    stack
      .slice(from)
      .every(({ thunk }) => thunk === undefined || thunk.node !== undefined || thunk instanceof NixThunk);
  throw new NixError({
    type: "failure",
    kind: "recursion",
    message: "infinite recursion encountered",
    origins: wanted.node && [wanted.node],
    isOfNix,
  });
}

/** The pending call of a function: an element of a lazy list, or, yielded, the call's value now. */
export function apply(fn: Value | Thunk, ...args: readonly Thunk[]): Thunk {
  return new NixThunk((_, interpreter) => {
    let step = fn instanceof Thunk ? interpreter.force(fn) : fn;
    for (const arg of args) step = andThen(step, (value) => interpreter.apply(value, arg));
    return step;
  });
}

/** Remembers the failure. That the whole budget is spent says nothing about the thunk: it may be tried again. */
function settle(thunk: Thunk, thrown: unknown): NixError {
  let error: NixError;
  try {
    error = traced(asNixError(thrown), thunk.node);
  } catch (defect) {
    thunk.reset();
    throw defect;
  }
  if (error.failure.isPassing) thunk.reset();
  else thunk.fail(error.failure);
  return error;
}
