/**
 * Asks clan-core's own evaluation (truth/clan.nix, with real Nix) what it says of a clan.
 *
 *   await refusal(truth, "/tmp/copy")   ->   "error: role 'per' …"; undefined where it accepts the clan
 */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Each evaluates more than the one before: the inventory, a part of the machines' configurations, their vars, all of them. */
export const TRUTH_ATTRIBUTES = ["checkInventory", "check", "checkVars", "checkMachines"] as const;
export type TruthAttribute = (typeof TRUTH_ATTRIBUTES)[number];

export interface Truth {
  /** The repository. */
  readonly root: string;
  /** Checkouts of clan-core, nixpkgs, flake-parts, import-tree and nixos-unified, by these names. */
  readonly sources: string;
  /** What modules of other flakes are called; each is a stand-in. */
  readonly moduleNames: readonly string[];
  readonly attribute: TruthAttribute;
}

/** The names of other flakes' modules in the Nix files of a clan. */
export function collectModuleNames(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".nix"),
  );
  const names = files.flatMap((path) =>
    [...readFileSync(join(folder, path), "utf8").matchAll(/Modules"?\.([\w-]+)/g)].map(
      ([, name]) => name ?? "",
    ),
  );
  return [...new Set(names)];
}

export interface Evaluation {
  readonly refused: boolean;
  /** All that Nix wrote beside its answer: warnings, and the error where it refused. */
  readonly output: string;
}

export function evaluateFolder(
  { root, sources, moduleNames, attribute }: Truth,
  folder: string,
): Promise<Evaluation> {
  const names = moduleNames.map((name) => JSON.stringify(name)).join(" ");
  const file = join(root, "test/conformance/truth/clan.nix");
  const expression = `(import ${file} { dir = ${folder}; sources = ${sources}; moduleNames = [ ${names} ]; }).${attribute}`;
  return new Promise((resolve) => {
    const args = ["--eval", "--strict", "--json", "--expr", expression];
    execFile("nix-instantiate", args, { timeout: 120_000, maxBuffer: 1 << 26 }, (error, _, stderr) =>
      resolve({ refused: error !== null, output: stderr }),
    );
  });
}

/** What Nix says, on one line; undefined where it has nothing to say. */
export async function refusal(truth: Truth, folder: string): Promise<string | undefined> {
  const { refused, output } = await evaluateFolder(truth, folder);
  return refused ? output.slice(output.indexOf("error:")).replaceAll("\n", " ") : undefined;
}
