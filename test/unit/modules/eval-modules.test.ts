/**
 * The native `lib.evalModules` and `lib.types` give what nixpkgs' own give. The results in cases/ are those of
 * nixpkgs' lib; with NIXPKGS_LIB naming its directory, Nix checks them again.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { Thunk } from "../../../server/src/nix/thunk.ts";
import { nativeLib } from "../../../server/src/project/native-lib.ts";
import { createEvaluate } from "../helpers/evaluate.ts";

const lines = readFileSync(new URL("cases/eval-modules.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");
const cases = Array.from({ length: lines.length / 2 }, (_, index) => ({
  expression: lines[2 * index] as string,
  result: (lines[2 * index + 1] as string).replace(/^=> /, ""),
}));

const evaluate = await createEvaluate("/", (evaluator: () => Evaluator) => {
  return new Map([["lib", new Thunk(() => nativeLib(evaluator()))]]);
});

describe("native", () => {
  it.each(cases)("$expression", ({ expression, result }) => {
    expect(evaluate(expression).replace(/^error \(.*/s, "error")).toBe(result);
  });
});

const lib = process.env.NIXPKGS_LIB;

describe.skipIf(lib === undefined)("nixpkgs itself", () => {
  it.each(cases)("$expression", ({ expression, result }) => {
    const code = `let lib = import ${lib}; in ${expression}`;
    const { status, stdout } = spawnSync("nix-instantiate", ["--eval", "--strict", "-E", code], {
      encoding: "utf8",
    });
    expect(status === 0 ? stdout.trim() : "error").toBe(result);
  });
});
