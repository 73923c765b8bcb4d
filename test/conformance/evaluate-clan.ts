/**
 * What a real evaluation by clan-core says of a clan given as texts.
 *
 *   await evaluateClan(root, sources, new Map([["flake.nix", "…"]]))   ->   { refused: true, output: "error: …" }
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { collectModuleNames, type Evaluation, evaluateFolder, type TruthAttribute } from "./truth.ts";

/** `root` is the repository; `sources` holds clan-core, nixpkgs and others by name; `files` have relative paths. */
export async function evaluateClan(
  root: string,
  sources: string,
  files: ReadonlyMap<string, string>,
  attribute: TruthAttribute = "check",
): Promise<Evaluation> {
  const folder = mkdtempSync(join(tmpdir(), "clan-evaluated-"));
  try {
    writeClan(folder, files);
    const moduleNames = collectModuleNames(folder);
    return await evaluateFolder({ root, sources, moduleNames, attribute }, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `files` have paths relative to the folder. */
export function writeClan(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
