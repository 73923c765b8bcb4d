/**
 * `npm test`: every test there is, from a fresh clone on. `npm test -- NAME…` runs only those suites.
 *
 * Installs and builds first. Each suite says what it runs and how long it took; the last line is
 * `N passed, N failed`, the sum of the tests the runners report. Exit code 0 when nothing failed.
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

console.log();
for (const { name, passed, failed, skipped = 0, seconds } of outcomes) {
  const also = skipped === 0 ? "" : `, ${skipped} skipped`;
  const counted = passed + failed === 0 ? "ok" : `${passed} passed, ${failed} failed${also}`;
  console.log(`  ${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s   ${counted}`);
}
const sum = (count) => outcomes.reduce((total, outcome) => total + outcome[count], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
// A browser that does not close must not keep this process.
process.exit(sum("failed") === 0 ? 0 : 1);

/** A suite that cannot run at all counts as one failure: nothing is skipped in silence. */
async function runSuite({ name, what, run: runTests }) {
  console.log();
  say(`${name}: ${what}`);
  const start = performance.now();
  const counts = await runTests().catch((error) => {
    console.error(`${name} could not run: ${error.message}`);
    return { passed: 0, failed: 1 };
  });
  return { name, ...counts, seconds: (performance.now() - start) / 1000 };
}
