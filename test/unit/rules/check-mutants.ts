/**
 * Replays what clan-core's own evaluation said of mutated clans (test/fixtures/mutants.json, recorded by
 * test/conformance/record-mutants.ts): what it refuses is an error at the mutated word, what it accepts is none.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { ClanCache } from "../../../server/src/clan/clan-cache.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import type { Finding } from "../../../server/src/rules/finding.ts";
import { judgeMutant } from "../../conformance/judge-mutant.ts";
import { applyMutant } from "../../conformance/mutant.ts";
import { chooseMutants, type MutantClan, readMutantClans } from "../../conformance/mutant-clans.ts";
import { testParser } from "../helpers/parse.ts";
import { knownDifference } from "./known-differences.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
export const recorded: readonly (readonly unknown[])[] = JSON.parse(
  readFileSync(new URL("../../fixtures/mutants.json", import.meta.url), "utf8"),
);
export const clans: readonly MutantClan[] = readMutantClans(root);
const parser = await testParser();

/** The errors in a clan, as it is or with one file edited: evaluated after one another, as in an editor. */
function reviewer({ files }: MutantClan): (edit?: readonly [file: string, text: string]) => Finding[] {
  const paths = [...files].map(([file, text]): [string, string] => [`/clan/${file}`, text]);
  const fileSystem = new MemoryFileSystem(new Map(paths));
  const whole = new Workspace({ fileSystem, parser, roots: ["/clan"] }).snapshot();
  const beginnings = ["/clan/flake.nix", "/clan/inventory.json"].filter((path) => whole.fileType(path));
  const cache = new ClanCache();
  return (edit) => {
    const snapshot = edit === undefined ? whole : whole.with(`/clan/${edit[0]}`, edit[1]);
    return collectFindings(snapshot, cache.clansOf(snapshot), beginnings).filter(
      ({ severity }) => severity === "error",
    );
  };
}

/** All that was recorded of a clan must be what is said of it now. */
export function checkMutants(clan: MutantClan): void {
  const mutants = chooseMutants(parser, clan);
  const verdicts = recorded.filter(([name]) => name === clan.name);
  // The clan or the generator has changed: record again.
  expect(
    mutants.map(({ file, kind, start, end, text }) => [clan.name, file, kind, start, end, text]),
  ).toEqual(verdicts.map((verdict) => verdict.slice(0, -1)));
  const errorsIn = reviewer(clan);
  expect(errorsIn()).toEqual([]);
  const wrong = mutants.flatMap((mutant, i) => {
    const { file, kind, start, end, text } = mutant;
    const whole = clan.files.get(file) ?? "";
    const errors = errorsIn([file, applyMutant(whole, mutant)]);
    const said = judgeMutant(mutant, verdicts[i]?.at(-1) === "refused", `/clan/${file}`, errors);
    const old = whole.slice(start, end);
    const known = knownDifference(mutant, old);
    if (known !== undefined)
      return said === undefined ? [`no longer different: ${file}:${start} ${known}`] : [];
    return said === undefined ? [] : [`${kind} ${file}:${start} ${old.split("\n")[0]} -> ${text}: ${said}`];
  });
  expect(wrong).toEqual([]);
}
