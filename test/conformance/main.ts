/**
 * Measures how far the evaluator agrees with Nix.
 *
 *   npm run conformance -- --nix-lang DIR       Nix's language tests, DIR = …/tests/functional/lang
 *   npm run conformance -- --differential N     N generated expressions, beside nix-instantiate
 *   npm run conformance -- --errors             the table of errors, beside nix-instantiate
 *   npm run conformance -- --lib DIR            the table of lib calls, with nixpkgs' lib in DIR
 *   npm run conformance -- --eval-modules DIR   the table of module evaluations, with nixpkgs' lib in DIR
 *   npm run conformance -- --services DIR --lib DIR
 *                                               the services of a clan-core checkout, by nixpkgs' lib from its source,
 *                                               beside --facts (../shared/clan/services.json)
 *   npm run conformance -- --at-hand DIR        the services of a clan-core checkout as the server reads them, beside
 *                                               the catalogue
 *   npm run conformance -- --vars DIR           the generators of a clan beside its folder vars/ (may be repeated)
 *   npm run conformance -- --vars DIR --core DIR
 *                                               the facts about clan-core's generators, by its source
 *   npm run conformance -- --mutants DIR [--clan NAME]…
 *                                               records what clan-core says of mutated clans (record-mutants.ts)
 *   npm run conformance -- --mutants-of DIR --sources DIR [--count N] [--seed SEED]
 *                                               the same of N mutants of a real clan beside our findings (mutants-of.ts);
 *                                               several clans may be given
 *   npm run conformance -- --affected --sources DIR
 *                                               records which machines of a small clan edits concern (record-affected.ts)
 *   npm run conformance -- --conditions --sources DIR
 *                                               asks clan-core about each recorded condition (check-conditions.ts)
 *   npm run conformance -- --official DIR --sources DIR
 *                                               the templates, service tests and documentation of a clan-core checkout,
 *                                               about which we are silent where Nix accepts them (official.ts)
 *   npm run conformance -- --core-options --sources DIR
 *                                               what is declared for machines, beside clan-core's modules (core-options.ts)
 *   npm run conformance -- --rename DIR [--sources DIR]
 *                                               renames in a copy of the clan, and evaluates it with the sources, which
 *                                               are those of --mutants (rename.ts); several clans may be given
 *   npm run conformance -- --adopt DIR --sources DIR
 *                                               gives a flake a clan in a copy, and evaluates it with the sources
 *                                               (adopt.ts); several flakes may be given
 *
 * Exits with 1 where something differs.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createParser } from "../../server/src/syntax/parser.ts";
import { checkAdoption } from "./adopt.ts";
import { checkConditions } from "./check-conditions.ts";
import { checkCoreOptions } from "./core-options.ts";
import { runDifferential } from "./differential.ts";
import { checkErrorTable } from "./errors.ts";
import { checkEvalModules } from "./eval-modules.ts";
import { checkLibTable } from "./lib.ts";
import { checkMutantsOf } from "./mutants-of.ts";
import { LangTests, type Result } from "./nix-lang.ts";
import { checkOfficial } from "./official.ts";
import { recordAffected } from "./record-affected.ts";
import { recordMutants } from "./record-mutants.ts";
import { checkRenames } from "./rename.ts";
import { checkServices } from "./services.ts";
import { checkServicesAtHand } from "./services-at-hand.ts";
import { measureVars } from "./vars.ts";
import { compareVarsFacts } from "./vars-facts.ts";

const { values } = parseArgs({
  options: {
    "nix-lang": { type: "string" },
    "at-hand": { type: "string" },
    differential: { type: "string" },
    errors: { type: "boolean" },
    "eval-modules": { type: "string" },
    lib: { type: "string" },
    mutants: { type: "string" },
    clan: { type: "string", multiple: true },
    "mutants-of": { type: "string", multiple: true },
    count: { type: "string", default: "200" },
    conditions: { type: "boolean" },
    affected: { type: "boolean" },
    official: { type: "string" },
    "core-options": { type: "boolean" },
    rename: { type: "string", multiple: true },
    adopt: { type: "string", multiple: true },
    sources: { type: "string" },
    services: { type: "string" },
    facts: { type: "string", default: "../shared/clan/services.json" },
    seed: { type: "string" },
    vars: { type: "string", multiple: true },
    core: { type: "string" },
  },
});
const root = process.cwd();
const require = createRequire(join(root, "package.json"));
const parser = await createParser({
  runtime: readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm")),
  grammar: readFileSync(join(root, "grammar/tree-sitter-nix.wasm")),
  shell: readFileSync(require.resolve("tree-sitter-bash/tree-sitter-bash.wasm")),
});

let agrees = true;
if (values["nix-lang"] !== undefined) {
  for (const [kind, results] of new LangTests(parser, resolve(values["nix-lang"])).run())
    report(kind, results);
}
if (values.differential !== undefined) {
  const seed = values.seed === undefined ? undefined : Number(values.seed);
  agrees = runDifferential(parser, Number(values.differential), seed) && agrees;
}
if (values["eval-modules"] !== undefined)
  agrees = checkEvalModules(root, resolve(values["eval-modules"])) && agrees;
if (values.errors === true) agrees = checkErrorTable(parser, root) && agrees;
if (values.services !== undefined && values.lib !== undefined) {
  const [core, lib, facts] = [resolve(values.services), resolve(values.lib), resolve(values.facts)];
  agrees = checkServices(parser, { root, core, lib, facts }) && agrees;
} else if (values.lib !== undefined) agrees = checkLibTable(parser, root, resolve(values.lib)) && agrees;
if (values["at-hand"] !== undefined)
  agrees = checkServicesAtHand(parser, resolve(values["at-hand"])) && agrees;
if (values.mutants !== undefined) {
  const recorded = { root, sources: resolve(values.mutants), names: values.clan };
  await recordMutants(parser, recorded, console.log);
}
for (const clan of (values.vars ?? []).map((folder) => resolve(folder))) {
  agrees =
    (values.core === undefined
      ? measureVars(parser, clan)
      : compareVarsFacts(parser, clan, resolve(values.core))) && agrees;
}
for (const clan of values.rename ?? []) {
  const sources = values.sources === undefined ? undefined : resolve(values.sources);
  agrees = checkRenames(parser, root, sources, resolve(clan), console.log) && agrees;
}
if (values.sources !== undefined) {
  const sources = resolve(values.sources);
  if (values.official !== undefined)
    agrees =
      (await checkOfficial(parser, { root, core: resolve(values.official), sources }, console.log)) && agrees;
  for (const flake of values.adopt ?? [])
    agrees = checkAdoption(parser, root, sources, resolve(flake), console.log) && agrees;
  if (values["core-options"] === true) agrees = checkCoreOptions(root, sources, console.log) && agrees;
  if (values.affected === true) recordAffected(root, sources, console.log);
  if (values.conditions === true) agrees = (await checkConditions(root, sources, console.log)) && agrees;
  for (const clan of values["mutants-of"] ?? []) {
    const options = {
      folder: resolve(clan),
      sources,
      count: Number(values.count),
      seed: Number(values.seed ?? 1),
    };
    agrees = (await checkMutantsOf(parser, root, options, console.log)) && agrees;
  }
}
if (
  [
    values["nix-lang"],
    values["at-hand"],
    values.differential,
    values.errors,
    values["eval-modules"],
    values.lib,
    values.mutants,
    values["mutants-of"],
    values.conditions,
    values.affected,
    values.official,
    values.vars,
    values["core-options"],
    values.rename,
    values.adopt,
  ].every((given) => given === undefined)
) {
  console.error(
    "usage: npm run conformance -- --nix-lang DIR | --differential N [--seed SEED] | --errors | --eval-modules DIR | [--services DIR] --lib DIR | --at-hand DIR | --vars DIR | --mutants DIR | --conditions --sources DIR | --affected --sources DIR | --official DIR --sources DIR | --core-options --sources DIR | --mutants-of DIR… --sources DIR | --rename DIR… [--sources DIR] | --adopt DIR… --sources DIR",
  );
  process.exitCode = 2;
} else if (!agrees) process.exitCode = 1;

function report(kind: string, results: readonly Result[]): void {
  const of = (verdict: Result["verdict"]): readonly Result[] =>
    results.filter((result) => result.verdict === verdict);
  const counted = results.length - of("skipped").length;
  const share = ((100 * of("ok").length) / counted).toFixed(1);
  console.log(`${kind}: ${of("ok").length} of ${counted} as expected (${share} %)`);
  for (const verdict of ["different", "unknown", "skipped"] as const) {
    for (const { test, detail } of of(verdict)) console.log(`  ${verdict}: ${test}: ${detail}`);
  }
  if (of("different").length > 0) agrees = false;
}
