/**
 * The suites of `npm test`, in the order they run. Each answers how many tests passed and were skipped, and which failed and
 * why: `{ passed, skipped, failed: [{ title, error }] }`. A check (types, style) counts only when it fails, as one.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { outFolder, root } from "../lib/paths.mjs";
import { npm } from "../lib/process.mjs";
import { bundleSuite } from "./bundle-suite.mjs";
import { runBrowserSuite, runDesktopSuite, runSuite } from "./extension-host.mjs";
import { makePackage, makeServerPackage, runPackedSuites } from "./packed.mjs";

export const suites = [
  { name: "types", what: "TypeScript over server, client and tests", run: () => check("check:types") },
  { name: "style", what: "formatting and lint (biome)", run: () => check("check:style") },
  { name: "unused", what: "unused files, exports and dependencies (knip)", run: () => check("check:unused") },
  { name: "words", what: "spelling of what people read (cspell)", run: () => check("check:words") },
  {
    name: "unit",
    what: "unit and protocol tests (vitest over test/unit and test/protocol)",
    run: () => vitest("unit", "vitest.config.mts"),
  },
  {
    name: "editor",
    what: "extension tests in a real VS Code (mocha in its extension host)",
    run: () => sum([() => extensionHost(runEditorSuite), () => extensionHost(runBesideNixIde)]),
  },
  {
    name: "browser",
    what: "extension tests in VS Code's web worker extension host",
    run: () => extensionHost(() => runBrowserSuite("suite-browser", root)),
  },
  {
    name: "keys",
    what: "key strokes in a real VS Code (vitest over test/e2e/keys)",
    run: () => vitest("keys", "test/e2e/keys/vitest.config.mts"),
  },
  {
    name: "packed",
    what: "both packages, installed: the extension in a real VS Code, the server with npm (vitest over test/e2e/packed and some key strokes, and the two above)",
    run: packed,
  },
  {
    name: "neovim",
    what: "clan-ls in Neovim's built-in client (vitest over test/e2e/neovim)",
    run: () => vitest("neovim", "test/e2e/neovim/vitest.config.mts"),
  },
];

/** In a Node extension host: of the VS Code that VSCODE_PATH names, else of the served one. */
function runEditorSuite() {
  const desktop = process.env.VSCODE_PATH;
  return desktop ? runDesktopSuite(desktop) : runSuite("suite-node", { tests: "node.js" });
}

function runBesideNixIde() {
  const beside = [path.join(root, "test/e2e/stand-in/nix-ide")];
  return runSuite("suite-beside", { tests: "beside-nix-ide.js", beside });
}

async function packed() {
  const vsix = await makePackage();
  process.env.CLAN_VSIX = vsix;
  process.env.CLAN_SERVER_PACKAGE = await makeServerPackage();
  return sum([
    () => vitest("packed", "test/e2e/packed/vitest.config.mts"),
    () => extensionHost(() => runPackedSuites(vsix)),
  ]);
}

/** One after the other. */
async function sum(runs) {
  const outcomes = [];
  for (const run of runs) outcomes.push(await run());
  return {
    passed: outcomes.reduce((total, { passed }) => total + passed, 0),
    skipped: outcomes.reduce((total, { skipped }) => total + skipped, 0),
    failed: outcomes.flatMap(({ failed }) => failed),
  };
}

async function check(script) {
  const ok = await succeeds(npm(["run", "--silent", script], { cwd: root }));
  return { passed: 0, skipped: 0, failed: ok ? [] : [{ title: script, error: "see above" }] };
}

async function vitest(name, config) {
  const report = path.join(outFolder, `${name}.json`);
  mkdirSync(outFolder, { recursive: true });
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const ok = await succeeds(
    npm(["exec", "--", "vitest", "run", "--config", config, ...reporters], { cwd: root }),
  );
  const { numPassedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  const failed = testResults.flatMap(failuresOf);
  // What goes wrong outside of tests fails the run as well.
  if (!ok && failed.length === 0) failed.push({ title: `${name} (vitest)`, error: "see above" });
  return { passed: numPassedTests, skipped: numPendingTests, failed };
}

/** Of one file in Vitest's report; a file that cannot be loaded fails without a failed test. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = path.relative(root, name);
  const failed = assertionResults.filter((result) => result.status === "failed");
  if (failed.length === 0 && status === "failed") return [{ title: file, error: message }];
  return failed.map(({ fullName, failureMessages }) => ({
    title: `${file}: ${fullName}`,
    error: failureMessages.join("\n"),
  }));
}

async function extensionHost(runSuite) {
  await bundleSuite();
  const { passed, failed } = await runSuite();
  for (const title of passed) console.log(`  ✓ ${title}`);
  for (const { title } of failed) console.log(`  ✗ ${title}`);
  return { passed: passed.length, skipped: 0, failed };
}

async function succeeds(running) {
  try {
    await running;
    return true;
  } catch (error) {
    console.error(error.message);
    return false;
  }
}
