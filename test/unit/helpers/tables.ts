/**
 * Tables of expressions and what Nix makes of them, as plain text files; where Nix is installed, it checks
 * them too.
 *
 *   builtins.head [ 1 2 ]
 *   => 1
 *   7 |> toString
 *   => "7" (since 2.24)
 */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createEvaluate, type Globals } from "./evaluate.ts";

export interface Case {
  readonly expression: string;
  /** As `nix-instantiate --eval --strict` prints it, or "error". */
  readonly result: string;
  /** The first version of Nix that gives this result, where that matters. */
  readonly since: string | undefined;
}

/**
 * Tests every `*.txt` in `directory/cases`; the expressions stand as if in a file of `directory`. With global
 * names of our own, an installed Nix is not asked.
 */
export async function describeTables(directory: string, globals?: Globals): Promise<void> {
  const tables = readdirSync(`${directory}/cases`).map((file) => ({
    name: file.replace(".txt", ""),
    cases: parseCases(readFileSync(`${directory}/cases/${file}`, "utf8")),
  }));
  const evaluate = await createEvaluate(directory, globals);

  for (const { name, cases } of tables)
    describe(name, () => {
      it.each(cases)("$expression", ({ expression, result }) => {
        const found = evaluate(expression);
        expect(result === "error" ? found.replace(/ \(\w+\): .*/s, "") : found).toBe(result);
      });
    });
  if (globals !== undefined) return;
  describeNixItself(
    directory,
    tables.flatMap(({ cases }) => cases),
  );
}

function parseCases(text: string): Case[] {
  const cases: Case[] = [];
  const lines = text.trimEnd().split("\n");
  for (let index = 0; index < lines.length; index += 2) {
    const [, result, since] = /^=> (.*?)(?: \(since ([\d.]+)\))?$/.exec(lines[index + 1] ?? "") ?? [];
    if (result === undefined) throw new Error(`line ${index + 2} should be a result`);
    cases.push({ expression: lines[index] as string, result, since });
  }
  return cases;
}

function describeNixItself(directory: string, cases: readonly Case[]): void {
  const version = spawnSync("nix-instantiate", ["--version"], { encoding: "utf8" }).stdout ?? "";

  describe.skipIf(version === "")("the tables themselves, by nix-instantiate", () => {
    const installed = /\d+(\.\d+)*/.exec(version)?.[0] ?? "0";
    const checked = cases.filter(({ since }) => since === undefined || isAtLeast(installed, since));

    it("gives all results", () => {
      const valid = checked.filter(({ result }) => result !== "error");
      // One run for all; each on lines of its own, so that columns in results are those of the expression.
      const whole = `[\n${valid.map(({ expression }) => `(\n${expression}\n)`).join(' "@@" ')}\n]`;
      const printed = execFileSync("nix-instantiate", ["--eval", "--strict", "--read-write-mode", "-"], {
        input: whole,
        cwd: directory,
        encoding: "utf8",
        stdio: ["pipe", "pipe", "ignore"],
      });
      const results = printed.trimEnd().slice(2, -2).split(' "@@" ');
      expect(results).toEqual(valid.map(({ result }) => result));
    });

    it("refuses the others", () => {
      const accepted = checked
        .filter(({ result }) => result === "error")
        .filter(
          ({ expression }) =>
            spawnSync("nix-instantiate", ["--eval", "--strict", "-E", expression], { cwd: directory })
              .status === 0,
        );
      expect(accepted).toEqual([]);
    });
  });
}

function isAtLeast(version: string, wanted: string): boolean {
  return version.localeCompare(wanted, "en", { numeric: true }) >= 0;
}
