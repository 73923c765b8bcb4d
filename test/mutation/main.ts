/**
 * Breaks our own code in small ways, one at a time, and lists the breakages that no test notices.
 *
 *   npm run mutate                                30 breakages of rules, features, clan, modules and the client
 *   npm run mutate -- --count 60 --seed 7         others
 *   npm run mutate -- server/src/rules/unknown-tag.ts …   all of these files, or a sample with --count
 *
 * All tests run once to see which of them run the places that are chosen; then each breakage is tried on these alone, until one fails.
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
import { markPlaces, type Reaches } from "./reaches.ts";
import { planTests } from "./related-tests.ts";
import { reasonToStay } from "./survivors.ts";

const DEFAULT_FOLDERS = [
  "server/src/rules/",
  "server/src/features/",
  "server/src/clan/",
  "server/src/modules/",
  "client/src/",
];

/** Of all tests together. */
const SECONDS = 3600;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "2" },
  },
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

/** As many at a time as there are copies. */
const copies = Array.from({ length: Number(values.jobs) }, () => new Copy(root));
const survivors: string[] = [];
try {
  const [first] = copies;
  if (first === undefined) throw new Error("--jobs is at least 1");
  const { reaches, secondsOf } = await recordReaches(first);
  let next = 0;
  await Promise.all(
    copies.map(async (copy) => {
      for (let index = next++; index < chosen.length; index = next++) {
        const mutation = chosen[index];
        if (mutation === undefined) return;
        const source = textOf(mutation.file);
        const batches = planTests(index, mutation.file, reaches, textOf, secondsOf);
        copy.write(mutation.file, applyMutation(source, mutation));
        let survives = true;
        for (const { files: asked, named } of batches) {
          const limit = 60 + 5 * asked.reduce((sum, test) => sum + secondsOf(test), 0);
          survives = await copy.passes(asked, named, limit);
          if (!survives) break;
        }
        copy.write(mutation.file, source);
        const described = describeMutation(source, mutation);
        const seen = batches.length === 0 ? " (run by no test)" : "";
        console.log(`${index + 1}. ${survives ? "SURVIVES" : "noticed"}  ${described}${seen}`);
        if (survives) survivors.push(described + seen);
      }
    }),
  );
} finally {
  for (const copy of copies) copy.remove();
}
console.log(`\n${chosen.length - survivors.length} of ${chosen.length} were noticed.`);
for (const survivor of survivors) console.log(`  ${survivor}`);
process.exitCode = survivors.length > 0 ? 1 : 0;

/** What the tests run of the chosen places, and what each test file costs. Those that fail anyway say nothing of breakages. */
async function recordReaches(copy: Copy): Promise<{ reaches: Reaches; secondsOf: (test: string) => number }> {
  const numbered = [...chosen.entries()];
  for (const file of new Set(chosen.map((mutation) => mutation.file)))
    copy.write(
      file,
      markPlaces(
        textOf(file),
        numbered.filter(([, mutation]) => mutation.file === file),
      ),
    );
  const [results, recorded] = await copy.record(tests, SECONDS);
  for (const { file } of chosen) copy.write(file, textOf(file));
  const nameOf = (path: string): string => tests.find((test) => path.endsWith(`/${test}`)) ?? path;
  const failing = new Set(
    results.filter(({ status }) => status !== "passed").map(({ name }) => nameOf(name)),
  );
  for (const test of failing) console.log(`Left out, as it fails as the code is: ${test}`);
  const reaches = new Map<number, Map<string, readonly string[]>>();
  for (const { file, places } of recorded)
    for (const [index, names] of failing.has(nameOf(file)) ? [] : places) {
      const files = reaches.get(index) ?? new Map<string, readonly string[]>();
      reaches.set(index, files.set(nameOf(file), names));
    }
  const seconds = new Map(
    results.map(({ name, startTime, endTime }) => [nameOf(name), (endTime - startTime) / 1000]),
  );
  return { reaches, secondsOf: (test) => seconds.get(test) ?? 1 };
}
