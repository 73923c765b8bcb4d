/**
 * What a real evaluation by clan-core says of a clan given as texts.
 *
 *   await evaluateClan(root, sources, new Map([["flake.nix", "…"]]))   ->   { refused: true, output: "error: …" }
 */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Evaluation {
  readonly refused: boolean;
  /** All that Nix wrote beside its answer: warnings, and the error where it refused. */
  readonly output: string;
}

/** `root` is the repository; `sources` holds clan-core, nixpkgs and others by name; `files` have relative paths. */
export async function evaluateClan(
  root: string,
  sources: string,
  files: ReadonlyMap<string, string>,
): Promise<Evaluation> {
  const folder = mkdtempSync(join(tmpdir(), "clan-evaluated-"));
  try {
    for (const [file, text] of files) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    // Modules of other flakes are stand-ins: whichever the clan names are there.
    const names = [...files.values()].flatMap((text) =>
      [...text.matchAll(/Modules\.([\w-]+)/g)].map(([, name]) => JSON.stringify(name)),
    );
    const expression = `(import ${join(root, "test/conformance/truth/clan.nix")} { dir = ${folder}; sources = ${sources}; moduleNames = [ ${names.join(" ")} ]; }).check`;
    return await new Promise((resolve) => {
      const args = ["--eval", "--strict", "--json", "--expr", expression];
      execFile("nix-instantiate", args, { timeout: 120_000 }, (error, _, stderr) =>
        resolve({ refused: error !== null, output: stderr }),
      );
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
