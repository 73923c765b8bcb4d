/**
 * The native `lib.evalModules` and `lib.types` give what nixpkgs' own give. The results in cases/ are recorded: those of
 * nixpkgs' lib, by `npm run conformance -- --eval-modules DIR`.
 */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { Thunk } from "../../../server/src/nix/thunk.ts";
import { nativeLib } from "../../../server/src/project/native-lib.ts";
import { readEvalModulesCases } from "../../conformance/eval-modules.ts";
import { createEvaluate } from "../helpers/evaluate.ts";

const cases = readEvalModulesCases(fileURLToPath(new URL("../../../", import.meta.url)));

const evaluate = await createEvaluate("/", (evaluator: () => Evaluator) => {
  return new Map([["lib", new Thunk(() => nativeLib(evaluator()))]]);
});

describe("native", () => {
  it.each(cases)("$expression", ({ expression, result }) => {
    expect(evaluate(expression).replace(/^error \(.*/s, "error")).toBe(result);
  });
});
