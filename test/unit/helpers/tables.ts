/** Tests expressions on what Nix makes of them (case-table.ts); where Nix is installed, it checks the tables too. */
import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { type Case, readTables } from "./case-table.ts";
import { createEvaluate, type Globals } from "./evaluate.ts";

/**
 * Tests every `*.txt` in `directory/cases`; the expressions stand as if in a file of `directory`. With global
 * names of our own, an installed Nix is not asked.
 */
export async function describeTables(directory: string, globals?: Globals): Promise<void> {
  const tables = readTables(`${directory}/cases`);
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
