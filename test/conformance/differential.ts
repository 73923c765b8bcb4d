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
import type { EvalHost } from "../../server/src/nix/host.ts";
import { printValue } from "../../server/src/nix/print.ts";
import { parseNix } from "../../server/src/syntax/lower.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { fileHost } from "../unit/helpers/file-host.ts";
import { arbitraryExpression, inContext } from "./expressions.ts";

const BATCH = 400;

/** What one side made of an expression: a printed value, or the message of an error. */
interface Answer {
  readonly value: string | undefined;
  readonly message: string;
}

/** Where the installed Nix (2.8) is knowingly not followed, because the current one answers otherwise. */
const EXCLUDED: readonly {
  readonly reason: string;
  readonly test: (nix: Answer, ours: Answer, expression: string) => boolean;
}[] = [
  {
    reason: "a whole or large float in JSON: 1.0 in a current Nix, 1 in an old one",
    test: (nix, ours, expression) =>
      expression.includes("toJSON") && withoutNumbers(nix.value) === withoutNumbers(ours.value),
  },
  {
    reason: "the same float in the name of a derivation changes its hash as well",
    test: (nix, ours, expression) =>
      expression.includes("toJSON") &&
      expression.includes("derivation") &&
      withoutNumbers(withoutHashes(nix.value)) === withoutNumbers(withoutHashes(ours.value)),
  },
  {
    reason: "integers that overflow are an error since Nix 2.25; before, they wrapped around",
    test: (_, ours) => ours.message.includes("integer overflow"),
  },
  {
    reason: "`floor` and `ceil` of a float beyond 64 bits are an error in a current Nix",
    test: (_, ours) => /not in the range of/.test(ours.message),
  },
  {
    reason: "a list index beyond 32 bits is out of bounds in a current Nix; an old one cut it to 32 bits",
    test: (_, ours) => /list index -?\d{10,} is out of bounds/.test(ours.message),
  },
  {
    reason: "`replaceStrings` evaluates a replacement only if it is used, since Nix 2.16",
    test: (nix, ours, expression) =>
      expression.includes("replaceStrings") && nix.value === undefined && ours.value !== undefined,
  },
  {
    reason: "JSON of a string that is no UTF-8 is an error in a current Nix; an old one printed its bytes",
    test: (_, ours) => ours.message.includes("invalid UTF-8"),
  },
  {
    reason: "a store path called `.` or `..`, alone or before a dash, is an error in a current Nix",
    test: (_, ours) => /name: '\.\.?(-[^']*)?'/.test(ours.message),
  },
  {
    reason:
      "what a comparison that contradicts itself sorts to is an accident of the C++ library Nix was built with",
    test: (_nix, _ours, expression) => /builtins\.sort \(a: b: (true|a <= b|a != b)\)/.test(expression),
  },
  {
    reason: "a list counts as repeated if it is the same variable; in Nix 2.8, if it has the same elements",
    test: (nix, ours) =>
      ours.value !== undefined &&
      nix.value?.includes("«repeated»") === true &&
      repeats(nix.value).test(ours.value),
  },
];

/** Prints what it finds; true if nothing differs. The same seed gives the same expressions. */
export function runDifferential(parser: NixParser, count: number, seed = Date.now()): boolean {
  const comparison = new Comparison(parser);
  try {
    const expressions = fc.sample(arbitraryExpression(), { numRuns: count, seed });
    const differing: string[] = [];
    const tally = { values: 0, errors: 0, unknown: 0, excluded: 0 };
    for (let start = 0; start < count; start += BATCH) {
      const batch = expressions.slice(start, start + BATCH);
      for (const [index, verdict] of comparison.compare(batch).entries()) {
        if (verdict.same) tally[verdict.same]++;
        else differing.push(expressions[start + index] as string);
      }
    }
    console.log(
      `differential: ${count} expressions (seed ${seed}): ${tally.values} equal values, ${tally.errors} errors in both, ` +
        `${tally.unknown} unknown, ${tally.excluded} excluded, ${differing.length} different`,
    );
    if (differing.length > 0) comparison.explain(differing, seed, count);
    return differing.length === 0;
  } finally {
    comparison.close();
  }
}

interface Verdict {
  /** Undefined when they differ. */
  readonly same: "values" | "errors" | "unknown" | "excluded" | undefined;
  readonly nix: Answer;
  readonly ours: Answer;
}

class Comparison {
  private readonly directory = mkdtempSync(join(tmpdir(), "nix-differential-"));
  private readonly host: EvalHost;

  constructor(private readonly parser: NixParser) {
    this.host = fileHost(parser);
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  compare(expressions: readonly string[]): Verdict[] {
    const nix = this.runNix(expressions);
    return expressions.map((expression, index) =>
      judge(nix[index] ?? failed(""), this.runOurs(expression), expression),
    );
  }

  /** Prints the shortest that were found, and what the first of all shrinks to. */
  explain(differing: readonly string[], seed: number, count: number): void {
    const shortest = [...differing].sort((a, b) => a.length - b.length).slice(0, 10);
    for (const expression of shortest) this.print("differs", expression);
    const { counterexample } = fc.check(
      fc.property(arbitraryExpression(), (expression) => this.compare([expression])[0]?.same !== undefined),
      { numRuns: count, seed, interruptAfterTimeLimit: 120_000 },
    );
    if (counterexample) this.print("smallest", counterexample[0]);
  }

  private print(title: string, expression: string): void {
    const [verdict] = this.compare([expression]);
    const shown = (answer?: Answer): string => answer?.value ?? `error: ${answer?.message}`;
    console.log(
      `  ${title}: ${expression}\n    nix:  ${shown(verdict?.nix)}\n    ours: ${shown(verdict?.ours)}`,
    );
  }

  private runOurs(expression: string): Answer {
    const evaluator = new Evaluator(this.host, { exact: true });
    const source = parseNix(this.parser, join(this.directory, "expression.nix"), inContext(expression));
    const [problem] = source.problems;
    if (problem) return failed(problem.message);
    const thunk = evaluator.evalSource(source);
    const outcome = evaluator.forceDeep(thunk);
    return outcome.type === "failure" ? failed(outcome.message) : { value: printValue(thunk), message: "" };
  }

  /** One line a value. Nix stops at the first error, so the rest is run again. */
  private runNix(expressions: readonly string[]): Answer[] {
    const files = expressions.map((expression, index) => {
      const file = join(this.directory, `${index}.nix`);
      writeFileSync(file, inContext(expression));
      return file;
    });
    const answers: Answer[] = [];
    while (answers.length < files.length) {
      const args = ["--eval", "--strict", ...files.slice(answers.length)];
      const run = spawnSync("nix-instantiate", args, { encoding: "utf8", maxBuffer: 1 << 28 });
      for (const value of run.stdout.split("\n").slice(0, -1)) answers.push({ value, message: "" });
      if (run.status !== 0) answers.push(failed(run.stderr.split("\n")[0] ?? ""));
    }
    return answers;
  }
}

function judge(nix: Answer, ours: Answer, expression: string): Verdict {
  const verdict = (same: Verdict["same"]): Verdict => ({ same, nix, ours });
  if (comparable(nix.value) === comparable(ours.value))
    return verdict(nix.value === undefined ? "errors" : "values");
  if (ours.value?.includes("«unknown:")) return verdict("unknown");
  if (EXCLUDED.some(({ test }) => test(nix, ours, expression))) return verdict("excluded");
  return verdict(undefined);
}

/**
 * Bytes that are no UTF-8 all read alike, and a dollar sign in an attribute name is escaped by old versions only.
 */
function comparable(printed: string | undefined): string | undefined {
  return printed?.replace(/[\ufffd\udc80-\udcff]+/gu, "\ufffd").replaceAll("\\$", "$");
}

function withoutHashes(printed: string | undefined): string | undefined {
  return printed?.replace(/\/nix\/store\/[a-z0-9]{32}-/g, "/nix/store/-");
}

function withoutNumbers(printed: string | undefined): string | undefined {
  return printed?.replace(/\d+(\.\d+)?(e[+-]?\d+)?/g, "#");
}

function failed(message: string): Answer {
  return { value: undefined, message };
}

/** Matches what prints alike, whatever stands where `printed` has a repetition. */
function repeats(printed: string): RegExp {
  const parts = printed.split("«repeated»").map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}
