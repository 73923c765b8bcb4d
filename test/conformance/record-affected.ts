/**
 * Asks a real evaluation which machines come out different in each pair, and writes it down for a test that needs no Nix.
 *
 *   npm run conformance -- --affected --sources DIR      DIR as for --mutants
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { affectedPairs, editClan } from "./affected-pairs.ts";
import { writeClan } from "./evaluate-clan.ts";

/** The clan before, with paths relative to it. */
export function readPairClan(root: string): ReadonlyMap<string, string> {
  const folder = join(root, "test/fixtures/affected/clan");
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry): [string, string] => {
        const path = join(entry.parentPath, entry.name);
        return [relative(folder, path), readFileSync(path, "utf8")];
      }),
  );
}

/** Throws where a state is refused. Both states are in the same folder: where they lie makes no difference. */
export function recordAffected(root: string, sources: string, log: (line: string) => void): void {
  const folder = join(mkdtempSync(join(tmpdir(), "clan-pair-")), "clan");
  const evaluate = (files: ReadonlyMap<string, string>): Readonly<Record<string, string>> => {
    rmSync(folder, { recursive: true, force: true });
    writeClan(folder, files);
    const file = join(root, "test/conformance/truth/affected.nix");
    const expression = `import ${file} { dir = ${folder}; sources = ${sources}; }`;
    const args = ["--eval", "--strict", "--json", "--expr", expression];
    return JSON.parse(execFileSync("nix-instantiate", args, { encoding: "utf8" }));
  };
  const files = readPairClan(root);
  const before = evaluate(files);
  const truth: Record<string, readonly string[]> = {};
  for (const { name, edits } of affectedPairs) {
    const after = evaluate(editClan(files, edits));
    truth[name] = Object.keys(after)
      .filter((machine) => after[machine] !== before[machine])
      .sort();
    log(`${name}: ${truth[name].join(" ")}`);
  }
  writeFileSync(join(root, "test/fixtures/affected/truth.json"), `${JSON.stringify(truth, undefined, 2)}\n`);
}
