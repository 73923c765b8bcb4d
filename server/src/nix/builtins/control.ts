/**
 * Evaluation itself: `seq`, `deepSeq`, `tryEval`, `throw`, `trace`, `addErrorContext`, …
 *
 *   builtins.tryEval (throw "x")  ->  { success = false; value = false; }
 */
import { coerceToString } from "../coerce.ts";
import type { Context } from "../context.ts";
import { deepForce } from "../deep-force.ts";
import { derived, fail, NixError, Undecided } from "../errors.ts";
import { expectString } from "../expect.ts";
import { attrs, bool } from "../make.ts";
import { printBrief } from "../print-brief.ts";
import type { Eval } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { BuiltinValue, Value } from "../value.ts";
import { lazy } from "./define.ts";

export function controlBuiltins(context: Context): BuiltinValue[] {
  const trace = function* (message: Thunk, result: Thunk): Eval<Value> {
    const value = yield message;
    context.trace(`trace: ${value.type === "string" ? value.value : printBrief(value)}`);
    return yield result;
  };
  return [
    lazy("seq", function* (first, second) {
      yield first;
      return yield second;
    }),
    lazy("deepSeq", function* (first, second) {
      yield* deepForce(first);
      return yield second;
    }),
    lazy("tryEval", tryEval),
    lazy("throw", (message) => ended("throw", message)),
    lazy("abort", (message) => ended("abort", message)),
    lazy("trace", trace),
    lazy("warn", function* (message, result) {
      const text = yield message;
      if (text.type !== "unknown") context.trace(`evaluation warning: ${expectString(text).value}`);
      return yield result;
    }),
    // Off unless asked for on the command line.
    lazy("traceVerbose", (_message, result) => result),
    // Without a debugger it only passes its argument on.
    lazy("break", (value) => value),
    lazy("addErrorContext", addErrorContext),
  ];
}

/** Only `throw` and a failed assertion are caught. What could be either is unknown. */
function* tryEval(thunk: Thunk): Eval<Value> {
  try {
    const value = yield thunk;
    const success = value.type === "unknown" ? derived(value) : bool(true);
    return attrs({ success, value });
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    const { kind } = error.failure;
    if (kind !== "throw" && kind !== "assert") throw error;
    return attrs({ success: bool(false), value: bool(false) });
  }
}

/** Even if the message is unknown, the evaluation ends here. */
function* ended(kind: "throw" | "abort", message: Thunk): Eval<Value> {
  const text = yield* messageText(message);
  return fail(
    kind,
    kind === "abort" ? `evaluation aborted with the following error message: '${text}'` : text,
  );
}

function* messageText(message: Thunk): Eval<string> {
  try {
    return (yield* coerceToString(yield message, { copyToStore: true })).value;
  } catch (error) {
    if (error instanceof Undecided) return `«unknown: ${error.unknown.reason}»`;
    throw error;
  }
}

function* addErrorContext(message: Thunk, result: Thunk): Eval<Value> {
  try {
    return yield result;
  } catch (error) {
    if (!(error instanceof NixError) || error.failure.kind === "budget") throw error;
    const { failure } = error;
    const entry = { message: yield* messageText(message), node: message.node };
    throw new NixError({ ...failure, trace: [...(failure.trace ?? []), entry] });
  }
}
