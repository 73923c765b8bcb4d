/**
 * Nothing is claimed about what is unknown: where an expression has a value, the same expression with one of
 * its inputs unknown has that value or leaves it open, part by part. It neither differs nor fails.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { unknown } from "../../../server/src/nix/make.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { arbitraryExpression, inContext } from "../../conformance/expressions.ts";
import { contradiction, type Run } from "../helpers/contradiction.ts";
import { fileHost } from "../helpers/file-host.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();
const host = fileHost(parser);
const RUNS = Number(process.env.SOUNDNESS_RUNS ?? 400);

function run(text: string): Run {
  const evaluator = new Evaluator(host, { globals: new Map([["u", unknown("u")]]) });
  return { evaluator, thunk: evaluator.evalSource(parseNix(parser, "/x.nix", text)) };
}

it("agrees with the value, or leaves it open", () => {
  const names = fc.subarray(["xi", "xs", "xl", "xb", "xf", "xa"], { minLength: 1 });
  fc.assert(
    fc.property(arbitraryExpression(), names, (expression, unknowns) => {
      const hidden = unknowns.map((name) => `${name}: `).join("");
      const actual = run(inContext(expression));
      const partial = run(inContext(`(${hidden}${expression})${" u".repeat(unknowns.length)}`));
      expect(contradiction(partial, actual)).toBeUndefined();
    }),
    {
      numRuns: RUNS,
      examples: [["(let xa = rec { a = null; b = a; __overrides = { a = xa; }; }; in xa)", ["xa"]]],
    },
  );
});
