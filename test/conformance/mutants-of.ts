/**
 * Mutates real clans, and compares what clan-core's evaluation and our rules say of each mutant. Nothing is recorded.
 *
 *   npm run conformance -- --mutants-of DIR --mutants-of DIR --sources DIR [--count N] [--seed SEED]
 */
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ClanCache } from "../../server/src/clan/clan-cache.ts";
import type { Clan } from "../../server/src/clan/model.ts";
import { nodeFileSystem } from "../../server/src/entry/node-files.ts";
import { collectFindings } from "../../server/src/features/findings.ts";
import type { Snapshot } from "../../server/src/project/snapshot.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import type { Finding } from "../../server/src/rules/finding.ts";
import type { Source } from "../../server/src/syntax/ast.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { judgeMutant } from "./judge-mutant.ts";
import { applyMutant, type Mutant } from "./mutant.ts";
import { collectMutants } from "./mutants.ts";
import { collectModuleNames, refusal, TRUTH_ATTRIBUTES, type Truth } from "./truth.ts";

export interface MutantsOf {
  readonly folder: string;
  /** Checkouts of clan-core and what it needs (truth.ts). */
  readonly sources: string;
  /** So many mutants, of all kinds alike. */
  readonly count: number;
  /** Which ones. */
  readonly seed: number;
}

interface PlacedMutant extends Mutant {
  readonly source: Source;
}

/** False where a mutant is judged differently. A clan that Nix refuses as it is is left out. */
export async function checkMutantsOf(
  parser: NixParser,
  root: string,
  { folder, sources, count, seed }: MutantsOf,
  log: (line: string) => void,
): Promise<boolean> {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "clan-mutants-")));
  try {
    cpSync(folder, copy, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => basename(path) !== ".git",
    });
    const snapshot = new Workspace({ fileSystem: nodeFileSystem, parser, roots: [copy] }).snapshot();
    const cache = new ClanCache();
    const clans = cache.clansOf(snapshot);
    const files = collectClanFiles(snapshot, clans, copy);
    const truth = await acceptingTruth({ root, sources, moduleNames: collectModuleNames(copy) }, copy);
    if (typeof truth === "string") {
      log(`${folder}: refused as it is: ${truth}`);
      return true;
    }
    const before = errorsIn(cache, snapshot, copy);
    for (const { path, start, code, message } of before)
      log(`  as it is: ${path}:${start} ${code} ${message}`);
    const mutants = choose(files.flatMap(mutantsIn), count, seed);
    let different = 0;
    for (const mutant of mutants) {
      const { source, kind, start, end } = mutant;
      const text = applyMutant(source.text, mutant);
      writeFileSync(source.path, text);
      const reason = await refusal(truth, copy);
      writeFileSync(source.path, source.text);
      const mutated = snapshot.with(source.path, text);
      const errors = errorsIn(cache, mutated, copy);
      const said = judgeMutant(mutant, reason !== undefined, source.path, errors);
      if (said === undefined || errors.some((error) => isWhereNixSays(mutated, error, reason))) continue;
      different++;
      const line = source.text.slice(0, start).split("\n").length;
      const old = source.text.slice(start, end);
      log(
        `  ${kind} ${source.path.slice(copy.length + 1)}:${line} ${short(old)} -> ${short(mutant.text)}: ${said.replaceAll(`${copy}/`, "")}${reason === undefined ? "" : `\n    ${reason.replaceAll(`${copy}/`, "").slice(0, 400)}`}`,
      );
    }
    log(`${folder}: ${truth.attribute}, ${mutants.length} mutants, ${different} different`);
    return different === 0;
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** As much as can be evaluated without the modules of other flakes; what Nix says where that is nothing. */
async function acceptingTruth(known: Omit<Truth, "attribute">, folder: string): Promise<Truth | string> {
  let reason = "";
  for (const attribute of [...TRUTH_ATTRIBUTES].reverse()) {
    const truth: Truth = { ...known, attribute };
    const refused = await refusal(truth, folder);
    if (refused === undefined) return truth;
    reason = refused;
  }
  return reason;
}

function errorsIn(cache: ClanCache, snapshot: Snapshot, folder: string): Finding[] {
  return collectFindings(snapshot, cache.clansOf(snapshot), [`${folder}/flake.nix`]).filter(
    ({ severity }) => severity === "error",
  );
}

/** Where data is wrong for the code that uses it, the error is at the code. */
function isWhereNixSays(snapshot: Snapshot, { path, start, end }: Finding, reason = ""): boolean {
  const lineOf = (offset: number) => snapshot.source(path)?.text.slice(0, offset).split("\n").length ?? 0;
  return [...reason.matchAll(/ at (\/[^ :]+):(\d+):/g)].some(
    ([, file, line]) => file === path && lineOf(start) <= Number(line) && Number(line) <= lineOf(end),
  );
}

/** Those that define something of the clan beside the modules of machines. */
function collectClanFiles(snapshot: Snapshot, clans: readonly Clan[], folder: string): Source[] {
  const paths = new Set<string>();
  for (const clan of clans)
    for (const [{ source }, options] of clan.index)
      if (options.some(({ path: [name = "machines"] }) => name !== "machines" && name !== "modules"))
        paths.add(source.path);
  return [...paths]
    .filter((path) => path.startsWith(`${folder}/`))
    .sort()
    .flatMap((path) => snapshot.source(path) ?? []);
}

function mutantsIn(source: Source): PlacedMutant[] {
  return collectMutants(source).map((mutant) => ({ ...mutant, source }));
}

/** So many of each kind, and of files within a kind, as there are to share. */
function choose(mutants: readonly PlacedMutant[], count: number, seed: number): PlacedMutant[] {
  const random = randomNumbers(seed);
  const shuffled = mutants
    .map((mutant) => ({ mutant, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ mutant }) => mutant);
  const kinds = [...new Set(shuffled.map(({ kind }) => kind))].map((kind) =>
    shuffled.filter((mutant) => mutant.kind === kind),
  );
  const chosen: PlacedMutant[] = [];
  for (let turn = 0; chosen.length < Math.min(count, shuffled.length); turn++)
    for (const some of kinds) {
      const mutant = some[turn];
      if (mutant !== undefined && chosen.length < count) chosen.push(mutant);
    }
  return chosen;
}

/** Mulberry32: the same numbers, from 0 to 1, for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function short(text: string): string {
  const line = JSON.stringify(text);
  return line.length > 70 ? `${line.slice(0, 67)}…` : line;
}
