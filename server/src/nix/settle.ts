/**
 * The border of the evaluator for whoever runs a computation of his own: what fails, is stopped or hangs on an Unknown
 * is an answer there, and never thrown on.
 *
 *   settle(evaluator, filesOf(root), () => new Set())   ->   the files, or none where the modules take too long
 */
import { NixError, Undecided } from "./errors.ts";
import type { Eval } from "./step.ts";
import type { Failure, Unknown } from "./value.ts";

export interface Runs {
  run<T>(computation: Eval<T>): T;
}

/** What the computation gives, or what is said in its place. A defect of ours is thrown on. */
export function settle<T, E>(
  runner: Runs,
  computation: Eval<T>,
  otherwise: (why: Failure | Unknown) => E,
): T | E {
  try {
    return runner.run(computation);
  } catch (thrown) {
    if (thrown instanceof NixError) return otherwise(thrown.failure);
    if (thrown instanceof Undecided) return otherwise(thrown.unknown);
    throw thrown;
  }
}

/** In words: why a value failed, or cannot be known. */
export function reasonOf(why: Failure | Unknown): string {
  return why.type === "failure" ? why.message : why.reason;
}
