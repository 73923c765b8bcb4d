/**
 * Generated expressions, evaluated by us and by `nix-instantiate --eval --strict`; the printed values must
 * agree, errors only in that there is one. A difference is shrunk before it is shown.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Evaluator } from "../../server/src/nix/evaluator.ts";
import { printValue } from "../../server/src/nix/print.ts";
import { parseNix } from "../../server/src/syntax/lower.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { arbitraryExpression, inContext } from "./expressions.ts";
import { NodeHost } from "./node-host.ts";

const BATCH = 400;
const ERROR = "error";

/**
 * Where the installed Nix (2.8) is knowingly not followed, because the current one answers otherwise. A test
 * of Nix's output and ours, both printed.
 */
const EXCLUDED: readonly {
  readonly reason: string;
  readonly test: (nix: string, ours: string) => boolean;
}[] = [];

/** Prints what it finds; true if nothing differs. The same seed gives the same expressions. */
export function runDifferential(parser: NixParser, count: number, seed = Date.now()): boolean {
  const comparison = new Comparison(parser);
  try {
    const expressions = fc.sample(arbitraryExpression(), { numRuns: count, seed });
    const differing: number[] = [];
    const tally = { values: 0, errors: 0, unknown: 0, excluded: 0 };
    for (let start = 0; start < count; start += BATCH) {
      const batch = expressions.slice(start, start + BATCH);
      for (const [index, verdict] of comparison.compare(batch).entries()) {
        if (verdict.same) tally[verdict.same]++;
        else differing.push(start + index);
      }
    }
    console.log(
      `differential: ${count} expressions (seed ${seed}): ${tally.values} equal values, ${tally.errors} errors in both, ` +
        `${tally.unknown} unknown, ${tally.excluded} excluded, ${differing.length} different`,
    );
    if (differing.length > 0) comparison.explain(seed, count);
    return differing.length === 0;
  } finally {
    comparison.close();
  }
}

interface Verdict {
  /** Undefined when they differ. */
  readonly same: "values" | "errors" | "unknown" | "excluded" | undefined;
  readonly nix: string;
  readonly ours: string;
}

class Comparison {
  private readonly directory = mkdtempSync(join(tmpdir(), "nix-differential-"));
  private readonly evaluatorHost: NodeHost;

  constructor(private readonly parser: NixParser) {
    this.evaluatorHost = new NodeHost(parser);
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  compare(expressions: readonly string[]): Verdict[] {
    const nix = this.runNix(expressions);
    return expressions.map((expression, index) => judge(nix[index] ?? ERROR, this.runOurs(expression)));
  }

  /** Shrinks the first few differences and prints them. */
  explain(seed: number, count: number): void {
    const { counterexample } = fc.check(
      fc.property(arbitraryExpression(), (expression) => {
        const [verdict] = this.compare([expression]);
        return verdict?.same !== undefined;
      }),
      { numRuns: count, seed, endOnFailure: false, interruptAfterTimeLimit: 240_000 },
    );
    if (counterexample === null) return;
    const [expression] = counterexample;
    const [verdict] = this.compare([expression]);
    console.log(`  smallest: ${expression}\n    nix:  ${verdict?.nix}\n    ours: ${verdict?.ours}`);
  }

  private runOurs(expression: string): string {
    const evaluator = new Evaluator(this.evaluatorHost);
    const source = parseNix(this.parser, join(this.directory, "expression.nix"), inContext(expression));
    if (source.problems.length > 0) return `syntax error: ${source.problems[0]?.message}`;
    const thunk = evaluator.evalSource(source);
    return evaluator.forceDeep(thunk).type === "failure" ? ERROR : printValue(thunk);
  }

  /** One line a value. Nix stops at the first error, so the rest is run again. */
  private runNix(expressions: readonly string[]): string[] {
    const files = expressions.map((expression, index) => {
      const file = join(this.directory, `${index}.nix`);
      writeFileSync(file, inContext(expression));
      return file;
    });
    const results: string[] = [];
    while (results.length < files.length) {
      const args = ["--eval", "--strict", ...files.slice(results.length)];
      const { status, stdout } = spawnSync("nix-instantiate", args, { encoding: "utf8", maxBuffer: 1 << 28 });
      const lines = stdout.split("\n").slice(0, -1);
      results.push(...lines);
      if (status !== 0) results.push(ERROR);
    }
    return results;
  }
}

function judge(nix: string, ours: string): Verdict {
  const verdict = (same: Verdict["same"]): Verdict => ({ same, nix, ours });
  if (nix === ours) return verdict(nix === ERROR ? "errors" : "values");
  if (ours.includes("«unknown:")) return verdict("unknown");
  if (EXCLUDED.some(({ test }) => test(nix, ours))) return verdict("excluded");
  return verdict(undefined);
}
