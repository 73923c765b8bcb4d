/**
 * Measures how many of the files in a real clan's `vars/` the index of generators knows, by machine, generator
 * and file name. What it does not know is listed with the reason.
 *
 *   npm run conformance -- --vars /path/to/clan
 *   ->  clan: 310 of 320 files known (96.9 %), 12 machines, slowest web 140 ms
 */
import { basename } from "node:path";
import { evaluateClans } from "../../server/src/clan/evaluate.ts";
import type { Clan, NameSet } from "../../server/src/clan/model.ts";
import bundled from "../../server/src/clan/vars/bundled-generators.json" with { type: "json" };
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

const NO_MACHINE = "the clan has no such machine";
const LEFT_OVER = "left over: the clan's files do not mention it";
const bundledText = JSON.stringify(bundled);

/** Prints the figures; false if the clan cannot be found. */
export function measureVars(parser: NixParser, root: string): boolean {
  const start = performance.now();
  const clans = evaluateClans(new Workspace({ fileSystem: nodeFileSystem, parser, roots: [root] }).snapshot());
  const clan = clans.find((one) => one.root === root);
  if (clan === undefined) {
    console.log(`${root}: no clan`);
    return false;
  }
  const opened = performance.now() - start;
  const times = [...clan.machines.known.keys()].map((machine) => {
    const before = performance.now();
    void clan.vars.of(machine);
    return { machine, time: performance.now() - before };
  });
  const slowest = times.toSorted((a, b) => b.time - a.time)[0];
  const vars = `${clan.directory ?? root}/vars`;
  const generated = collectGenerated(nodeFileSystem, vars);
  const texts = nixTexts(nodeFileSystem, root);
  const missed = generated.flatMap((one) => {
    const reason = reasonMissed(clan, one);
    return reason === undefined ? [] : [{ one, reason: isWritten(one, texts) ? reason : LEFT_OVER }];
  });
  const left = missed.filter(({ reason }) => reason === LEFT_OVER || reason === NO_MACHINE).length;
  const known = generated.length - missed.length;
  const share = ((100 * known) / Math.max(generated.length - left, 1)).toFixed(1);
  console.log(
    `${basename(root)}: ${known} of ${generated.length - left} files known (${share} %), ${left} more are left over; ` +
      `${clan.machines.known.size} machines, clan ${opened.toFixed(0)} ms, slowest ${slowest?.machine} ${slowest?.time.toFixed(0)} ms, ` +
      `all ${times.reduce((sum, { time }) => sum + time, 0).toFixed(0)} ms`,
  );
  const byReason = new Map<string, string[]>();
  for (const { one, reason } of missed) {
    const line = `${one.machine ?? "shared"}/${one.generator}/${one.file}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), line]);
  }
  for (const [reason, lines] of byReason) {
    console.log(`  ${reason}`);
    for (const line of lines) console.log(`    ${line}`);
  }
  return true;
}

/** Undefined if it is known. */
function reasonMissed(clan: Clan, { machine, generator, file }: Generated): string | undefined {
  if (machine !== undefined && !clan.machines.known.has(machine)) return NO_MACHINE;
  const machines = machine === undefined ? [...clan.machines.known.keys()] : [machine];
  let reason = "no generator of that name";
  for (const name of machines) {
    const { generators } = clan.vars.of(name);
    const found = generators.known.get(generator);
    if (found !== undefined && found.share !== (machine !== undefined)) {
      if (found.files.known.has(file)) return undefined;
      reason = `the generator has no such file${why(found.files)}`;
    } else if (found !== undefined) reason = `the generator is ${found.share ? "" : "not "}shared`;
    else if (generators.open !== undefined) reason = `no generator of that name${why(generators)}`;
  }
  return reason;
}

function why({ open }: NameSet<unknown>): string {
  return open === undefined ? "" : `; open at ${open.path}: ${open.reason}`;
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

/** All that the clan's own Nix files say. */
function nixTexts(files: FileSystem, folder: string): string {
  return [...(files.readDir(folder) ?? [])]
    .map(([name, type]) => {
      if (type === "directory" && !name.startsWith(".") && name !== "vars")
        return nixTexts(files, `${folder}/${name}`);
      return /\.(nix|json)$/.test(name) ? (files.readFile(`${folder}/${name}`) ?? "") : "";
    })
    .join("\n");
}

/** Each longer word of the two names stands somewhere: one that does not was there before. */
function isWritten({ generator, file }: Generated, texts: string): boolean {
  const words = `${generator} ${file}`.split(/[^a-zA-Z0-9]+/).filter((word) => word.length > 3);
  return words.every((word) => texts.includes(word) || bundledText.includes(word));
}
