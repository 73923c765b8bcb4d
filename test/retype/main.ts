/**
 * Types the files of clans anew and prints what completion, diagnostics and the log were like meanwhile.
 *
 *   npm run retype                                  the examples
 *   npm run retype -- DIR…                          clans in these folders
 *   npm run retype -- DIR --share 0.05 --seed 7     everything is asked after one key of twenty
 *   npm run retype -- DIR --words 0.2               one word of five is looked for
 *   npm run retype -- DIR --letters 1               it is looked for after its first letter only
 *   npm run retype -- DIR --files '^machines/'      only files whose path in DIR matches this regular expression
 */
import { basename, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openClans } from "./clans.ts";
import { randomOf } from "./random.ts";
import { type Retyped, retype } from "./retype.ts";

const { values, positionals } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 100_000) },
    share: { type: "string", default: "0.1" },
    words: { type: "string", default: "1" },
    letters: { type: "string", default: "1000" },
    compare: { type: "string", default: "0.002" },
    files: { type: "string", default: "" },
    most: { type: "string", default: "1000" },
  },
  allowPositionals: true,
});
const root = process.cwd();
const files = new RegExp(values.files);
const examples = ["examples/nix-config", "examples/homelab"];
const folders = (positionals.length > 0 ? positionals : examples).map((folder) => resolve(root, folder));
const seed = Number(values.seed);
console.log(`seed ${seed}`);

const rows: string[][] = [];
for (const folder of folders) {
  const random = randomOf(seed);
  const total: Retyped[] = [];
  for (const { path, text, words } of (await openClans(root, folder)).slice(0, Number(values.most))) {
    if (!files.test(relative(folder, path))) continue;
    const result = await retype({
      root,
      folder,
      file: path,
      text,
      words: words.filter(() => random() < Number(values.words)),
      letters: Number(values.letters),
      isAsked: () => random() < Number(values.share),
      isCompared: () => random() < Number(values.compare),
    });
    total.push(result);
    report(relative(folder, path), result);
  }
  rows.push(rowOf(basename(folder), total));
}
print([
  [
    "clan",
    "files",
    "keys",
    "words",
    "at the first letter",
    "at all prefixes",
    "mean rank",
    "failed",
    "logged",
    "compared",
    "different",
  ],
  ...rows,
]);

function report(path: string, { keys, words, missed, failed, said, differences }: Retyped): void {
  console.log(`${path}: ${keys} keys, ${words} words`);
  for (const { word, prefixes } of missed)
    console.log(`${path}: ${word.kind} ${word.word} is not offered at: ${prefixes.join(" ")}`);
  for (const line of [...failed, ...said, ...differences]) console.log(`${path}: ${line}`);
}

function rowOf(name: string, results: readonly Retyped[]): string[] {
  const sum = (count: (result: Retyped) => number) => results.reduce((total, each) => total + count(each), 0);
  const words = sum((each) => each.words);
  const share = (missed: number) => `${((100 * (words - missed)) / words).toFixed(2)} %`;
  const ranks = results.flatMap((each) => each.ranks);
  const isAtFirst = (prefixes: readonly string[]) => prefixes.some((prefix) => prefix.length === 1);
  return [
    name,
    String(results.length),
    String(sum((each) => each.keys)),
    String(words),
    share(sum((each) => each.missed.filter(({ prefixes }) => isAtFirst(prefixes)).length)),
    share(sum((each) => each.missed.length)),
    (ranks.reduce((total, rank) => total + rank, 0) / ranks.length).toFixed(1),
    String(sum((each) => each.failed.length)),
    String(sum((each) => each.said.length)),
    String(sum((each) => each.compared)),
    String(sum((each) => each.differences.length)),
  ];
}

function print(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(`| ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join(" | ")} |`);
}
