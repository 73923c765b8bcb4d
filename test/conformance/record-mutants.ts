/**
 * Asks a real evaluation about every mutant and writes its verdicts down, for a test that needs no Nix.
 *
 *   npm run conformance -- --mutants DIR    DIR holds checkouts of clan-core, nixpkgs, flake-parts, import-tree
 *                                           and nixos-unified, by these names
 */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { type ClanMutant, chooseMutants, type MutantClan, readMutantClans } from "./mutant-clans.ts";
import { applyMutant } from "./mutants.ts";

/** Evaluations that run at one time. */
const PARALLEL = 2;

/** Writes test/fixtures/mutants.json; throws where a clan is refused as it is. `log` gets each verdict with its reason. */
export async function recordMutants(
  parser: NixParser,
  root: string,
  sources: string,
  log: (line: string) => void,
): Promise<void> {
  const lines: string[] = [];
  for (const clan of readMutantClans(root)) {
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
  writeFileSync(join(root, "test/fixtures/mutants.json"), `[\n${lines.join(",\n")}\n]\n`);
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
  const folder = mkdtempSync(join(tmpdir(), "clan-mutant-"));
  try {
    for (const [file, text] of clan.files) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, mutant?.file === file ? applyMutant(text, mutant) : text);
    }
    // Modules of other flakes are stand-ins: whichever the clan names are there.
    const names = [...clan.files.values()].flatMap((text) =>
      [...text.matchAll(/Modules\.([\w-]+)/g)].map(([, name]) => JSON.stringify(name)),
    );
    const expression = `(import ${join(root, "test/conformance/truth/clan.nix")} { dir = ${folder}; sources = ${sources}; moduleNames = [ ${names.join(" ")} ]; }).check`;
    return await new Promise((resolve) => {
      const args = ["--eval", "--strict", "--json", "--expr", expression];
      execFile("nix-instantiate", args, { timeout: 120_000 }, (error, _, stderr) =>
        resolve(
          error === null
            ? undefined
            : stderr.slice(stderr.indexOf("error:")).slice(0, 400).replaceAll("\n", " "),
        ),
      );
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
