/**
 * An evaluation of a flake's files apart from that of the flake: what it reads is remembered by itself, so that it can
 * be kept when the flake is evaluated anew, and made anew when the flake is kept.
 *
 *   const apart = flake.apart(reader, 1_000_000);
 *   apart.evaluator.evalFile("/clan/machines/web/configuration.nix")
 *   apart.holdsIn(after, flake)   ->   false: somebody has edited that file
 */
import { fail } from "../nix/errors.ts";
import { type CodeCache, Evaluator } from "../nix/evaluator.ts";
import type { EvalHost } from "../nix/host.ts";
import type { Budget } from "../nix/interpreter.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Value } from "../nix/value.ts";
import type { Flake } from "./flake.ts";
import { RecordingHost } from "./recording-host.ts";
import type { Snapshot } from "./snapshot.ts";
import { type Reader, TrackedSnapshot } from "./tracked-snapshot.ts";

export interface ApartOptions {
  /** What of a state the flake's files can see. */
  readonly viewOf: (state: Snapshot) => Snapshot;
  readonly sources: Flake["sources"];
  readonly lib: (evaluator: Evaluator) => Thunk;
  readonly codes: CodeCache;
  readonly stop: Budget["stop"] | undefined;
  /** It may take so many steps in each state. */
  readonly steps: number;
}

export class ApartEvaluation {
  readonly evaluator: Evaluator;
  /** The native `lib`. */
  readonly lib: Thunk;
  /** Of `lib`, by name. */
  private readonly functions = new Map<string, Thunk>();
  private readonly read: TrackedSnapshot;
  private readonly host: RecordingHost;

  constructor(
    reader: Reader,
    private readonly options: ApartOptions,
  ) {
    const { viewOf, codes, steps, stop } = options;
    this.read = new TrackedSnapshot(reader);
    this.host = new RecordingHost(viewOf(this.read));
    this.evaluator = new Evaluator(this.host, {
      codes,
      budget: { steps, run: steps / 3, ...(stop ? { stop } : {}) },
    });
    this.lib = options.lib(this.evaluator);
  }

  /** Absolute paths of the files and directories read so far. */
  get files(): ReadonlySet<string> {
    return this.host.read;
  }

  /**
   * What it has itself in place of what is native in the flake: `lib`, and the functions of `lib` and `builtins`. The
   * same thunk each time.
   */
  ownOf(value: Value, { lib, evaluator }: Pick<Flake, "lib" | "evaluator">): Thunk | undefined {
    if (value === lib.value) return this.lib;
    if (value.type !== "builtin") return undefined;
    const { name } = value;
    if (memberOf(lib.value, name)?.value === value) return this.ofLib(name);
    if (memberOf(evaluator.global("builtins"), name)?.value === value)
      return memberOf(this.evaluator.global("builtins"), name);
    return undefined;
  }

  private ofLib(name: string): Thunk {
    const { lib } = this;
    let found = this.functions.get(name);
    if (found === undefined) {
      found = new Thunk(function* (): Eval<Value> {
        const member = memberOf(yield lib, name);
        return yield member ?? fail("error", `lib has no ‘${name}’`);
      });
      this.functions.set(name, found);
    }
    return found;
  }

  /** From now on it reads for another evaluation, too, of which it has become a part. */
  join(host: EvalHost): void {
    this.host.pass(host);
  }

  /** Whether all that was read reads the same in the state. One that was ended before its time holds in no other. */
  holdsIn(state: Snapshot, { sources }: Pick<Flake, "sources">): boolean {
    const isEnded = this.evaluator.interpreter.budget.steps <= 0;
    return !isEnded && sources === this.options.sources && this.read.holdsIn(state);
  }

  /** It is read for that state, too, in which it must hold. */
  share(reader: Reader): void {
    this.read.share(reader);
    this.evaluator.interpreter.budget.steps = this.options.steps;
  }
}

function memberOf(set: Value | undefined, name: string): Thunk | undefined {
  return set?.type === "attrs" ? set.attrs.get(name)?.value : undefined;
}
