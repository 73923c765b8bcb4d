/**
 * Measures how many of the files in a real clan's `vars/` the index of generators knows, by machine, generator
 * and file name. Of the others, some belong to sets that are not all known; about the rest the index says that
 * nobody defines them any more, and a person may check that.
 *
 *   npm run conformance -- --vars /path/to/clan
 *   ->  clan, of the repository: 160 known, 4 of which it cannot tell (97.6 %), 9 that nobody defines
 *       clan, of services: …
 */
import { basename } from "node:path";
import { evaluateClans } from "../../server/src/clan/evaluate.ts";
import type { Clan } from "../../server/src/clan/model.ts";
import { bundledGenerators, machineGenerators } from "../../server/src/clan/vars/bundled-generators.ts";
import { nodeFileSystem } from "../../server/src/entry/node-files.ts";
import type { FileSystem } from "../../server/src/project/file-system.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";

/** A file that was generated: `vars/per-machine/<machine>/<generator>/<file>`, or one of `vars/shared`. */
interface Generated {
  readonly machine: string | undefined;
  readonly generator: string;
  readonly file: string;
}

/** What the index says of a file that is there. */
type Verdict =
  | { readonly kind: "known"; readonly isBundled: boolean }
  | { readonly kind: "open" | "undefined"; readonly reason: string };

const KINDS = ["known", "open", "undefined"] as const;

/** Prints the figures; false if the clan cannot be found. */
export function measureVars(parser: NixParser, root: string): boolean {
  const start = performance.now();
  const snapshot = new Workspace({ fileSystem: nodeFileSystem, parser, roots: [root] }).snapshot();
  const clan = evaluateClans(snapshot).find((one) => one.root === root);
  if (clan === undefined) {
    console.log(`${root}: no clan`);
    return false;
  }
  const opened = performance.now() - start;
  const name = basename(root);
  console.log(`${name}: the clan ${opened.toFixed(0)} ms, its machines ${showTimes(clan)}`);
  const files = collectGenerated(nodeFileSystem, `${clan.directory ?? root}/vars`);
  const verdicts = files.map((file) => ({ file, verdict: verdictOf(clan, file) }));
  for (const isBundled of [false, true]) {
    const mine = verdicts.filter(({ file, verdict }) =>
      verdict.kind === "known"
        ? verdict.isBundled === isBundled
        : isBundledName(file.generator) === isBundled,
    );
    const [known, open, gone] = KINDS.map((kind) => mine.filter(({ verdict }) => verdict.kind === kind));
    const counted = (known?.length ?? 0) + (open?.length ?? 0);
    const share = counted === 0 ? "-" : ((100 * (known?.length ?? 0)) / counted).toFixed(1);
    console.log(
      `${name}, of ${isBundled ? "bundled services" : "the repository"}: ${known?.length} known, ` +
        `${open?.length} of which it cannot tell (${share} %), ${gone?.length} that nobody defines`,
    );
  }
  const byReason = new Map<string, string[]>();
  for (const { file, verdict } of verdicts) {
    if (verdict.kind === "known") continue;
    const lines = byReason.get(verdict.reason) ?? [];
    byReason.set(verdict.reason, [...lines, `${file.machine ?? "shared"}/${file.generator}/${file.file}`]);
  }
  for (const [reason, lines] of byReason) console.log([`  ${reason}`, ...lines].join("\n    "));
  return true;
}

/** How long the machines take, one after the other. */
function showTimes(clan: Clan): string {
  const times = [...clan.machines.known.keys()].map((machine) => {
    const before = performance.now();
    const { size } = clan.vars.of(machine).generators.known;
    return { machine, size, time: performance.now() - before };
  });
  const slowest = times.toSorted((a, b) => b.time - a.time)[0];
  const all = times.reduce((sum, { time }) => sum + time, 0);
  const most = slowest && `, ${slowest.machine} ${slowest.time.toFixed(0)} ms (${slowest.size} generators)`;
  return `${all.toFixed(0)} ms${most ?? ""}`;
}

function verdictOf(clan: Clan, { machine, generator, file }: Generated): Verdict {
  if (machine !== undefined && !clan.machines.known.has(machine))
    return { kind: "undefined", reason: "the clan has no such machine" };
  let verdict: Verdict = { kind: "undefined", reason: "nobody defines it" };
  for (const name of machine === undefined ? clan.machines.known.keys() : [machine]) {
    const { generators } = clan.vars.of(name);
    const found = generators.known.get(generator);
    const isIts = found !== undefined && found.share !== (machine !== undefined);
    if (isIts && found.files.known.has(file))
      return { kind: "known", isBundled: found.origin.kind === "catalogue" || isBundledName(generator) };
    const { open } = isIts ? found.files : generators;
    if (open !== undefined) verdict = { kind: "open", reason: open.reason };
  }
  return verdict;
}

const patterns = [
  ...Object.values(bundledGenerators).flatMap((roles) => Object.values(roles).flat()),
  ...machineGenerators,
].flatMap((facts) =>
  "name" in facts ? new RegExp(`^${facts.name.replace(/[.]/g, "\\.").replace(/\{[^}]*\}/g, ".+")}$`) : [],
);

/** The name is one that generators of clan-core and its services have. */
function isBundledName(generator: string): boolean {
  return patterns.some((pattern) => pattern.test(generator));
}

/** A file is a folder with a `value`, a `secret` or `<file>.age` in it; its name may have slashes. */
function collectGenerated(files: FileSystem, vars: string): Generated[] {
  const found: Generated[] = [];
  const collect = (path: string, machine: string | undefined): void => {
    for (const generator of foldersIn(files, path))
      for (const file of filesBelow(files, `${path}/${generator}`)) found.push({ machine, generator, file });
  };
  collect(`${vars}/shared`, undefined);
  for (const machine of foldersIn(files, `${vars}/per-machine`))
    collect(`${vars}/per-machine/${machine}`, machine);
  return found;
}

function filesBelow(files: FileSystem, folder: string): string[] {
  return foldersIn(files, folder).flatMap((name) => {
    const entries = files.readDir(`${folder}/${name}`);
    if (entries?.has("value") || entries?.has("secret") || entries?.has(`${name}.age`)) return [name];
    return filesBelow(files, `${folder}/${name}`).map((inner) => `${name}/${inner}`);
  });
}

function foldersIn(files: FileSystem, path: string): string[] {
  const entries = [...(files.readDir(path) ?? [])];
  return entries.flatMap(([name, type]) => (type === "directory" ? [name] : [])).sort();
}
