/**
 * Evaluates expressions for tests, reading real files.
 *
 *   const evaluate = await createEvaluate("/some/dir");
 *   evaluate("builtins.length [ 1 2 ]")   ->   "2"
 *   evaluate("throw \"x\"")               ->   "error (throw): x"
 */
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { printValue } from "../../../server/src/nix/print.ts";
import type { Thunk } from "../../../server/src/nix/thunk.ts";
import type { Value } from "../../../server/src/nix/value.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { fileHost } from "./file-host.ts";
import { testParser } from "./parse.ts";

export type Evaluate = (expression: string) => string;

/** Makes further global names; the evaluator is there once they are forced. */
export type Globals = (evaluator: () => Evaluator) => ReadonlyMap<string, Thunk | Value>;

/** The expressions are read as if they stood in a file of `directory`, evaluated deeply and printed. */
export async function createEvaluate(
  directory: string,
  globals: Globals = () => new Map(),
): Promise<Evaluate> {
  const parser = await testParser();
  const host = fileHost(parser);
  return (expression) => {
    const evaluator: Evaluator = new Evaluator(host, { globals: globals(() => evaluator) });
    const thunk = evaluator.evalSource(parseNix(parser, `${directory}/expression.nix`, expression));
    const outcome = evaluator.forceDeep(thunk);
    return outcome.type === "failure" ? `error (${outcome.kind}): ${outcome.message}` : printValue(thunk);
  };
}
