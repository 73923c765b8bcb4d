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
import type { Failure, Unknown, Value } from "./value.ts";

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
  if (unknown.alternatives === undefined && unknown.vocabulary === undefined) return unknown;
  return { type: "unknown", reason: unknown.reason, origins: unknown.origins, alternatives: undefined };
}

/** `fail("error", "attribute 'x' missing", node)` -> never returns. `meant` are names that may have been meant. */
export function fail(
  kind: Failure["kind"],
  message: string,
  node?: Node,
  meant?: readonly string[] | undefined,
): never {
  throw new NixError({ type: "failure", kind, message, origins: node ? [node] : undefined, meant });
}

/** A set has no attribute of the name. `isOfWhole`: as in `Failure`. */
export function failMissing(
  name: string,
  node: Node | undefined,
  meant: readonly string[] | undefined,
  isOfWhole: boolean,
  namesOf?: string,
  among?: readonly string[],
): never {
  const message = `attribute '${name}' missing`;
  const origins = node ? [node] : undefined;
  const missing = namesOf === undefined ? undefined : { of: namesOf, name, among };
  throw new NixError({ type: "failure", kind: "error", message, origins, meant, isOfWhole, missing });
}

/** As `fail`, of a `value` that does not fit where it is used, at `node`. */
export function failFor(value: Value, message: string, node?: Node): never {
  const origins = node ? [node] : undefined;
  throw new NixError({ type: "failure", kind: "error", message, origins, written: value.origins });
}

/** Gives a failure without a place the place `node`. */
export function located(thrown: unknown, node: Node | undefined): unknown {
  if (!(thrown instanceof NixError) || thrown.failure.origins !== undefined || node === undefined)
    return thrown;
  return new NixError({ ...thrown.failure, origins: [node] });
}

/** Enough to see how the evaluation came to a failure; the innermost places count most. */
const MAX_TRACE = 20;

/** Notes that the failure came up while `node` was evaluated, if that says more than its own place. */
export function traced(error: NixError, node: Node | undefined): NixError {
  const { failure } = error;
  const { trace = [] } = failure;
  if (node === undefined || trace.length >= MAX_TRACE) return error;
  if (failure.origins === undefined) return new NixError({ ...failure, origins: [node] });
  const inner = trace.length > 0 ? trace[trace.length - 1]?.node : failure.origins[0];
  if (inner === node) return error;
  const message = node.kind === "apply" ? "while calling a function" : "while evaluating an expression";
  return new NixError({ ...failure, trace: [...trace, { message, node }] });
}

/** What JavaScript itself has no room for. */
const ENGINE_LIMITS: readonly (readonly [RegExp, string])[] = [
  [/call stack/, "stack overflow; the code is nested too deeply"],
  [/invalid string length/i, "a text is too long to be evaluated"],
  [/invalid (typed )?array length|maximum size exceeded/i, "a list or set is too large to be evaluated"],
];

/** What was thrown, if it is a failure of the evaluated code; a defect of ours is thrown on. */
export function asNixError(thrown: unknown): NixError {
  if (thrown instanceof NixError) return thrown;
  if (thrown instanceof RangeError)
    for (const [pattern, message] of ENGINE_LIMITS)
      if (pattern.test(thrown.message)) return new NixError({ type: "failure", kind: "budget", message });
  throw thrown;
}
