/**
 * What is computed in steps, as long as none is cut short: what a clan was half evaluated for says nothing.
 *
 *   yield* whole(session, renameInSteps(…))   ->   the answer, or "cut"
 */
import type { Steps } from "./guard.ts";
import type { Session } from "./session.ts";

export function* whole<R>({ turn }: Session, steps: Steps<R>): Steps<R | "cut"> {
  for (;;) {
    const step = steps.next();
    if (turn.isCut) return "cut";
    if (step.done === true) return step.value;
    yield;
  }
}

/** For the person who asked for a rename. */
export const tookTooLong =
  "It took too long to try what the rename would make of the clan, so nothing was changed. Try again when the computer has less to do.";
