/**
 * Replays what clan-core's own evaluation said of mutated clans (test/fixtures/mutants.json, recorded by
 * test/conformance/record-mutants.ts): what it refuses is an error at the mutated word, what it accepts is none.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import type { Finding } from "../../../server/src/rules/finding.ts";
import { type ClanMutant, chooseMutants, readMutantClans } from "../../conformance/mutant-clans.ts";
import { applyMutant } from "../../conformance/mutants.ts";
import { testParser } from "../helpers/parse.ts";
import { knownDifference } from "./known-differences.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const recorded: readonly (readonly unknown[])[] = JSON.parse(
  readFileSync(new URL("../../fixtures/mutants.json", import.meta.url), "utf8"),
);
const clans = readMutantClans(root);
const parser = await testParser();

function errorsIn(files: ReadonlyMap<string, string>): Finding[] {
  const paths = [...files].map(([file, text]): [string, string] => [`/clan/${file}`, text]);
  const fileSystem = new MemoryFileSystem(new Map(paths));
  const snapshot = new Workspace({ fileSystem, parser, roots: ["/clan"] }).snapshot();
  const beginnings = ["/clan/flake.nix", "/clan/inventory.json"].filter((path) => snapshot.fileType(path));
  return collectFindings(snapshot, evaluateClans(snapshot), beginnings).filter(
    ({ severity }) => severity === "error",
  );
}

/** undefined where we say what the evaluation said. */
function disagreement(
  mutant: ClanMutant,
  refused: boolean,
  files: ReadonlyMap<string, string>,
): string | undefined {
  const text = applyMutant(files.get(mutant.file) ?? "", mutant);
  const errors = errorsIn(new Map([...files, [mutant.file, text]]));
  const said = errors.map((error) => `${error.path.slice(6)}:${error.start} ${error.code} ${error.message}`);
  if (!refused) return errors.length === 0 ? undefined : `accepted, but ${said.join("; ")}`;
  if (errors.length === 0) return "refused, but no error";
  const atPlace = errors
    .filter(({ path }) => path === `/clan/${mutant.file}`)
    .some((error) => mutant.places.some(([start, end]) => error.start < end && error.end > start));
  return atPlace ? undefined : `refused, but not here: ${said.join("; ")}`;
}

test.each(clans)("$name", (clan) => {
  const mutants = chooseMutants(parser, clan);
  const verdicts = recorded.filter(([name]) => name === clan.name);
  // The clan or the generator has changed: record again.
  expect(
    mutants.map(({ file, kind, start, end, text }) => [clan.name, file, kind, start, end, text]),
  ).toEqual(verdicts.map((verdict) => verdict.slice(0, -1)));
  expect(errorsIn(clan.files)).toEqual([]);
  const wrong = mutants.flatMap((mutant, i) => {
    const { file, kind, start, end, text } = mutant;
    const said = disagreement(mutant, verdicts[i]?.at(-1) === "refused", clan.files);
    const old = clan.files.get(file)?.slice(start, end);
    const known = knownDifference(mutant, old ?? "");
    if (known !== undefined)
      return said === undefined ? [`no longer different: ${file}:${start} ${known}`] : [];
    return said === undefined ? [] : [`${kind} ${file}:${start} ${old?.split("\n")[0]} -> ${text}: ${said}`];
  });
  expect(wrong).toEqual([]);
});

test("there are enough of them, of both verdicts", () => {
  expect(recorded.length).toBeGreaterThanOrEqual(500);
  expect(recorded.filter((verdict) => verdict.at(-1) === "accepted").length).toBeGreaterThan(100);
});
