/**
 * Asks a real evaluation about every mutant and writes its verdicts down, for a test that needs no Nix.
 *
 *   npm run conformance -- --mutants DIR [--clan NAME]…    DIR holds checkouts of clan-core, nixpkgs, flake-parts,
 *                                                          import-tree and nixos-unified, by these names
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { evaluateClan } from "./evaluate-clan.ts";
import { applyMutant } from "./mutant.ts";
import {
  attributeOf,
  type ClanMutant,
  chooseMutants,
  type MutantClan,
  readMutantClans,
} from "./mutant-clans.ts";

/** Evaluations that run at one time. */
const PARALLEL = 2;

/**
 * Writes test/fixtures/mutants.json anew, or the lines of some clans (`names`); throws where a clan is refused as it is. `log`
 * gets each verdict with its reason.
 */
export async function recordMutants(
  parser: NixParser,
  {
    root,
    sources,
    names,
  }: { readonly root: string; readonly sources: string; readonly names: readonly string[] | undefined },
  log: (line: string) => void,
): Promise<void> {
  const file = join(root, "test/fixtures/mutants.json");
  const recorded: readonly (readonly unknown[])[] = JSON.parse(readFileSync(file, "utf8"));
  const lines: string[] = [];
  for (const clan of readMutantClans(root)) {
    if (names?.includes(clan.name) === false) {
      lines.push(
        ...recorded.filter(([name]) => name === clan.name).map((verdict) => JSON.stringify(verdict)),
      );
      continue;
    }
    const reason = await refusal(root, sources, clan);
    if (reason !== undefined) throw new Error(`${clan.name} is refused as it is: ${reason}`);
    const mutants = chooseMutants(parser, clan);
    const verdicts = new Map<ClanMutant, boolean>();
    const queue = mutants.values();
    const worker = async () => {
      for (const mutant of queue) {
        const error = await refusal(root, sources, clan, mutant);
        verdicts.set(mutant, error !== undefined);
        log(`${describe(mutant)} -> ${error ?? "accepted"}`);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, worker));
    lines.push(...mutants.map((mutant) => line(mutant, verdicts.get(mutant) === true)));
  }
  writeFileSync(file, `[\n${lines.join(",\n")}\n]\n`);
}

function describe({ clan, file, kind, start, end, text }: ClanMutant): string {
  return `${clan}/${file} ${kind} ${start}-${end} ${JSON.stringify(text)}`;
}

function line({ clan, file, kind, start, end, text }: ClanMutant, refused: boolean): string {
  return JSON.stringify([clan, file, kind, start, end, text, refused ? "refused" : "accepted"]);
}

/** The first lines of what Nix says; undefined where it has nothing to say. */
async function refusal(
  root: string,
  sources: string,
  clan: MutantClan,
  mutant?: ClanMutant,
): Promise<string | undefined> {
  const files = [...clan.files].map(([file, text]): [string, string] => [
    file,
    mutant?.file === file ? applyMutant(text, mutant) : text,
  ]);
  const { refused, output } = await evaluateClan(root, sources, new Map(files), attributeOf(clan.name));
  return refused ? output.slice(output.lastIndexOf("error:")).slice(0, 400).replaceAll("\n", " ") : undefined;
}
