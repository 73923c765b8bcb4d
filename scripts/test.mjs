/**
 * `npm test`: every test there is, from a fresh clone on. `npm test -- NAME…` runs only those suites.
 *
 * Installs and builds first. Each suite says what it runs and how long it took. At the end stand the tests that failed and
 * why, so that the end of a long log is enough; the last line is `N passed, N failed`, the sum of the tests the runners
 * report. Exit code 0 when nothing failed.
 */
import { ensureDependencies } from "./lib/dependencies.mjs";
import { root } from "./lib/paths.mjs";
import { run, say } from "./lib/process.mjs";

// The suites use what is installed here: they are loaded afterwards.
await ensureDependencies();
const { suites } = await import("./test/suites.mjs");

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  say(`there is no suite ${unknown.join(", ")}; there are: ${suites.map((suite) => suite.name).join(", ")}`);
  process.exit(2);
}

say("building");
await run(process.execPath, ["scripts/build.mjs"], { cwd: root });

const outcomes = [];
for (const suite of suites.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  outcomes.push(await runSuite(suite));
}

for (const { title, error } of outcomes.flatMap(({ failed }) => failed)) {
  console.log(`\n✗ ${title}\n${firstLines(error).replace(/^/gm, "    ")}`);
}
console.log();
for (const { name, passed, failed, skipped, seconds } of outcomes) {
  const also = skipped === 0 ? "" : `, ${skipped} skipped`;
  const counted = passed + failed.length === 0 ? "ok" : `${passed} passed, ${failed.length} failed${also}`;
  console.log(`  ${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s   ${counted}`);
}
const passed = outcomes.reduce((total, outcome) => total + outcome.passed, 0);
const failed = outcomes.reduce((total, outcome) => total + outcome.failed.length, 0);
console.log(`\n${passed} passed, ${failed} failed`);
// A browser that does not close must not keep this process.
process.exit(failed === 0 ? 0 : 1);

/** A suite that cannot run at all counts as one failure: nothing is skipped in silence. */
async function runSuite({ name, what, run: runTests }) {
  console.log();
  say(`${name}: ${what}`);
  const start = performance.now();
  const outcome = await runTests().catch((error) => {
    return { passed: 0, skipped: 0, failed: [{ title: `${name} could not run`, error: error.message }] };
  });
  return { name, ...outcome, seconds: (performance.now() - start) / 1000 };
}

function firstLines(error) {
  const lines = error.split("\n");
  return lines.length <= 30 ? error : [...lines.slice(0, 30), "… (more above)"].join("\n");
}
