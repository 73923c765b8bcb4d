/**
 * Breaks our own code in small ways, one at a time, and lists the breakages that no test notices.
 *
 *   npm run mutate                                30 breakages of rules, features, clan, modules and the client
 *   npm run mutate -- --count 60 --seed 7         others
 *   npm run mutate -- server/src/rules/unknown-tag.ts …   all of these files, or a sample with --count
 *
 * Exit code 1 where one survives that is not in survivors.ts.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chooseMutations } from "./choose.ts";
import { Copy } from "./copy.ts";
import { findMutations } from "./find-mutations.ts";
import { applyMutation, describeMutation, type Mutation } from "./mutation.ts";
import { relatedTests } from "./related-tests.ts";
import { reasonToStay } from "./survivors.ts";

const DEFAULT_FOLDERS = [
  "server/src/rules/",
  "server/src/features/",
  "server/src/clan/",
  "server/src/modules/",
  "client/src/",
];

/** Of the tests of a mutation; one that takes longer hangs, or has found something. */
const SECONDS = 300;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: "string" }, seed: { type: "string", default: "1" } },
});
const root = process.cwd();
const tracked = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
}).stdout.split("\n");
const wanted = positionals.length > 0 ? positionals : DEFAULT_FOLDERS;
const files = tracked.filter((file) => file.endsWith(".ts") && wanted.some((one) => file.startsWith(one)));
const tests = tracked.filter((file) => /^test\/(unit|protocol)\/.*\.test\.ts$/.test(file));
const texts = new Map([...files, ...tests].map((file) => [file, readFileSync(join(root, file), "utf8")]));
const textOf = (file: string): string => texts.get(file) ?? "";

const all = files.flatMap((file) => findMutations(file, textOf(file)));
const isOpen = (mutation: Mutation): boolean => reasonToStay(mutation, textOf(mutation.file)) === undefined;
const count = Number(values.count ?? (positionals.length > 0 ? all.length : 30));
const chosen = chooseMutations(all.filter(isOpen), count, Number(values.seed));
console.log(
  `${chosen.length} of ${all.length} possible breakages, ${all.length - all.filter(isOpen).length} of them known to stay.`,
);

const copy = new Copy(root);
const survivors: string[] = [];
try {
  const asked = [...new Set(chosen.flatMap(({ file }) => relatedTests(file, tests, textOf).flat()))];
  // Those that fail anyway can say nothing of breakages.
  const failing = new Set(asked.length > 0 ? copy.failing(asked, SECONDS * 6) : []);
  for (const test of failing) console.log(`Left out, as it fails as the code is: ${test}`);
  const sound = tests.filter((test) => !failing.has(test));
  const groupsOf = ({ file }: Mutation): readonly (readonly string[])[] => relatedTests(file, sound, textOf);
  for (const [index, mutation] of chosen.entries()) {
    const source = textOf(mutation.file);
    copy.write(mutation.file, applyMutation(source, mutation));
    const survives = groupsOf(mutation).every((group) => copy.passes(group, SECONDS));
    copy.write(mutation.file, source);
    const described = describeMutation(source, mutation);
    console.log(`${index + 1}. ${survives ? "SURVIVES" : "noticed"}  ${described}`);
    if (survives) survivors.push(described);
  }
} finally {
  copy.remove();
}
console.log(`\n${chosen.length - survivors.length} of ${chosen.length} were noticed.`);
for (const survivor of survivors) console.log(`  ${survivor}`);
process.exitCode = survivors.length > 0 ? 1 : 0;
