/**
 * The clans that are mutated: the two examples that have one and those of test/fixtures/clans, one for each way a clan is
 * arranged. Every one of them is accepted by a real evaluation.
 *
 *   readMutantClans(root)   ->   [{ name: "homelab", folder: "…/examples/homelab", files: Map { "clan.nix" -> … } }, …]
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Source } from "../../server/src/syntax/ast.ts";
import { parseJsonSource } from "../../server/src/syntax/json.ts";
import { parseNix } from "../../server/src/syntax/lower.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import type { Mutant, MutantKind } from "./mutant.ts";
import { collectMutants } from "./mutants.ts";
import type { TruthAttribute } from "./truth.ts";

export interface MutantClan {
  readonly name: string;
  /** Text by path, relative to the clan's folder with `/`. */
  readonly files: ReadonlyMap<string, string>;
}

export interface ClanMutant extends Mutant {
  readonly clan: string;
  readonly file: string;
}

/** Of each kind so many a clan at most, spread over its text. */
const LIMITS: Readonly<Record<MutantKind, number>> = {
  "misspelt-name": 24,
  "misspelt-value": 14,
  "wrong-type": 12,
  "null-value": 6,
  "unknown-option": 6,
  dropped: 9,
  "second-definition": 3,
  "second-module": 5,
  conflict: 7,
  moved: 6,
  wrapped: 4,
  quoting: 4,
  "other-case": 4,
  number: 3,
  "path-or-string": 3,
  "set-or-list": 4,
  prefixed: 3,
  function: 4,
  emptied: 4,
  rewritten: 6,
  extended: 4,
  shortened: 4,
  swapped: 4,
  nested: 4,
  unnested: 4,
  "odd-name": 5,
  "misspelt-variable": 5,
  "misspelt-selection": 4,
  "missing-file": 3,
  arity: 3,
  "dropped-word": 4,
  punctuation: 4,
};

/** `root`: the repository. */
export function readMutantClans(root: string): MutantClan[] {
  const fixtures = ["test/fixtures/clans", "test/fixtures/code-clans"].flatMap((parent) =>
    readdirSync(join(root, parent))
      .sort()
      .map((name) => ({ name, folder: join(root, parent, name) })),
  );
  const examples = ["homelab", "nix-config"].map((name) => ({ name, folder: join(root, "examples", name) }));
  return [...examples, ...fixtures].map(({ name, folder }) => ({
    name,
    files: new Map(readFolder(folder, folder)),
  }));
}

function readFolder(top: string, folder: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return readFolder(top, path);
    return entry.isFile() ? [[relative(top, path), readFileSync(path, "utf8")]] : [];
  });
}

/** The mutants of one clan that are tried. */
export function chooseMutants(parser: NixParser, { name, files }: MutantClan): ClanMutant[] {
  const all = [...files].flatMap(([file, text]) => {
    const source = isMutated(name, file) ? parse(parser, `/${file}`, text) : undefined;
    return source === undefined
      ? []
      : collectMutants(source).map((mutant) => ({ ...mutant, clan: name, file }));
  });
  return Object.entries(LIMITS).flatMap(([kind, limit]) => {
    const some = all.filter((mutant) => mutant.kind === kind);
    return some.length <= limit
      ? some
      : Array.from({ length: limit }, (_, i) => some[Math.floor((i * some.length) / limit)]).filter(
          (mutant) => mutant !== undefined,
        );
  });
}

/** Clans that are about the code of machines and services: all of it is evaluated, and mutated. */
const WITH_MACHINES: ReadonlySet<string> = new Set(["exports", "lib-code", "machine-vars", "own-service"]);

/** How much a real evaluation is asked for. */
export function attributeOf(clan: string): TruthAttribute {
  return WITH_MACHINES.has(clan) ? "checkMachines" : "check";
}

/** Not a machine's configuration, where that is not evaluated, and not what is no part of the clan. */
function isMutated(clan: string, file: string): boolean {
  return (
    WITH_MACHINES.has(clan) ||
    (!/(^|\/)(machines|configurations|templates|secrets|home|nixos|darwin)\//.test(file) &&
      !/^modules\/(clan\/|common|radio)|devshell|nixos-flake/.test(file))
  );
}

function parse(parser: NixParser, path: string, text: string): Source | undefined {
  if (path.endsWith(".nix")) return parseNix(parser, path, text);
  return path.endsWith("inventory.json") ? parseJsonSource(path, text) : undefined;
}
