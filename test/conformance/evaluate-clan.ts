/**
 * What a real evaluation by clan-core says of a clan given as texts.
 *
 *   await evaluateClan(root, sources, new Map([["flake.nix", "…"]]))   ->   { refused: true, output: "error: …" }
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { collectModuleNames, type Evaluation, evaluateFolder } from "./truth.ts";

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
    const moduleNames = collectModuleNames(folder);
    return await evaluateFolder({ root, sources, moduleNames, attribute: "check" }, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
