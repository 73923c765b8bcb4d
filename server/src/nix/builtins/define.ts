/**
 * How a native function is declared: its name, its number of arguments (the length of the JavaScript
 * function), what it does. Either with its arguments evaluated, or as a generator that asks for them:
 *
 *   eager("length", (list) => int(expectClosedList(list).elements.length))
 *   lazy("seq", function* (first, second) { yield first; return yield second; })
 */

import { builtin } from "../make.ts";
import { type Eval, isValue, type Step } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { BuiltinValue, Value } from "../value.ts";

/** All arguments are evaluated, from left to right, before `call`. */
export function eager(name: string, call: (...values: Value[]) => Step): BuiltinValue {
  return builtin(name, call.length, (args, interpreter) => {
    const values: Value[] = [];
    for (const arg of args) {
      const step = interpreter.force(arg);
      if (!isValue(step)) return evaluated(args, call);
      values.push(step);
    }
    return call(...values);
  });
}

function* evaluated(args: readonly Thunk[], call: (...values: Value[]) => Step): Eval<Value> {
  const values: Value[] = [];
  for (const arg of args) values.push(yield arg);
  const step = call(...values);
  return isValue(step) ? step : yield step;
}

/** `call` decides what is evaluated, and when. */
export function lazy(name: string, call: (...args: Thunk[]) => Step): BuiltinValue {
  return builtin(name, call.length, (args) => call(...args));
}
