/** Every builtin on the expressions of cases/*.txt, and the expected results against a real Nix. */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createEvaluate } from "../../helpers/evaluate.ts";

interface Case {
  readonly expression: string;
  /** As `nix-instantiate --eval --strict` prints it, or "error". */
  readonly result: string;
  /** The first version of Nix that gives this result, where that matters. */
  readonly since: string | undefined;
}

const here = fileURLToPath(new URL(".", import.meta.url));
const families = readdirSync(`${here}cases`).map((file) => ({
  name: file.replace(".txt", ""),
  cases: parseCases(readFileSync(`${here}cases/${file}`, "utf8")),
}));
const evaluate = await createEvaluate(here.replace(/\/$/, ""));

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

for (const { name, cases } of families)
  describe(name, () => {
    it.each(cases)("$expression", ({ expression, result }) => {
      const found = evaluate(expression);
      expect(result === "error" ? found.replace(/ \(\w+\): .*/s, "") : found).toBe(result);
    });
  });

const version = spawnSync("nix-instantiate", ["--version"], { encoding: "utf8" }).stdout ?? "";

describe.skipIf(version === "")("the table itself, by nix-instantiate", () => {
  const installed = /\d+(\.\d+)*/.exec(version)?.[0] ?? "0";
  const checked = families
    .flatMap(({ cases }) => cases)
    .filter(({ since }) => since === undefined || isAtLeast(installed, since));

  it("gives all results", () => {
    const valid = checked.filter(({ result }) => result !== "error");
    // One run for all; each on lines of its own, so that columns in results are those of the expression.
    const whole = `[\n${valid.map(({ expression }) => `(\n${expression}\n)`).join(' "@@" ')}\n]`;
    const printed = execFileSync("nix-instantiate", ["--eval", "--strict", "--read-write-mode", "-"], {
      input: whole,
      cwd: here,
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
          spawnSync("nix-instantiate", ["--eval", "--strict", "-E", expression], { cwd: here }).status === 0,
      );
    expect(accepted).toEqual([]);
  });
});

function isAtLeast(version: string, wanted: string): boolean {
  return version.localeCompare(wanted, "en", { numeric: true }) >= 0;
}
