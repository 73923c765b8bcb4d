/**
 * What expressions are compiled to: closures that take the scope to run in. Code belongs to one version of
 * a file and to no evaluator, so it can be kept as long as the file does not change.
 *
 *   a + 1   ->   (env, interpreter) => the sum, or what must be yielded to get it
 */
import type { Env } from "../env.ts";
import type { Interpreter } from "../interpreter.ts";
import { type Eval, isValue, type Pending, type Step } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";

/** Runs an expression. Throws only NixError; a part that is Unknown comes back as a value. */
export type Code = (env: Env | undefined, interpreter: Interpreter) => Step;

/** Makes an expression's thunk without running it; a variable's is the thunk it is bound to. */
export type Delay = (env: Env | undefined, interpreter: Interpreter) => Thunk;

/** Runs several expressions in order, then `finish` with their values. */
export function runAll(
  codes: readonly Code[],
  env: Env | undefined,
  interpreter: Interpreter,
  finish: (values: readonly Value[]) => Step,
): Step {
  const values: Value[] = [];
  for (const code of codes) {
    const step = code(env, interpreter);
    if (!isValue(step)) return runRest(step);
    values.push(step);
  }
  return finish(values);

  function* runRest(waiting: Pending): Eval<Value> {
    values.push(yield waiting);
    while (values.length < codes.length) {
      const step = (codes[values.length] as Code)(env, interpreter);
      values.push(isValue(step) ? step : yield step);
    }
    const result = finish(values);
    return isValue(result) ? result : yield result;
  }
}
