/**
 * The two ways a computation ends early. `NixError` carries a failure up to whoever asked for the value.
 * `Undecided` says that the answer hangs on something unknown: the computation that throws it (a builtin's
 * call, a thunk) has that Unknown as its value, so code need not check every argument:
 *
 *   builtins.stringLength inputs.foo.name   ->   expectString throws Undecided   ->   the call is Unknown
 *
 * Neither is an `Error`: they are control flow, and collecting a JavaScript stack for each would be slow.
 */
import type { Node } from "../syntax/ast.ts";
import type { Failure, Unknown } from "./value.ts";

export class NixError {
  constructor(readonly failure: Failure) {}

  get message(): string {
    return this.failure.message;
  }
}

export class Undecided {
  readonly unknown: Unknown;

  /** The result is another thing than what was unknown, so the latter's alternatives do not carry over. */
  constructor(unknown: Unknown) {
    this.unknown = derived(unknown);
  }
}

/** The Unknown that comes of computing with `unknown`. */
export function derived(unknown: Unknown): Unknown {
  if (unknown.alternatives === undefined) return unknown;
  return { type: "unknown", reason: unknown.reason, origins: unknown.origins, alternatives: undefined };
}

/** `fail("error", "attribute 'x' missing", node)` -> never returns. */
export function fail(kind: Failure["kind"], message: string, node?: Node): never {
  throw new NixError({ type: "failure", kind, message, origins: node ? [node] : undefined });
}
