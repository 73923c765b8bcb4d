/**
 * The suites of `npm test`, in the order they run. Each answers how many tests passed, failed and were skipped; a check
 * (types, style) counts only when it fails, as one.
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
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const run of runs) {
    const { passed, failed, skipped = 0 } = await run();
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

async function check(script) {
  const ok = await succeeds(npm(["run", "--silent", script], { cwd: root }));
  return { passed: 0, failed: ok ? 0 : 1 };
}

async function vitest(name, config) {
  const report = path.join(outFolder, `${name}.json`);
  mkdirSync(outFolder, { recursive: true });
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const ok = await succeeds(
    npm(["exec", "--", "vitest", "run", "--config", config, ...reporters], { cwd: root }),
  );
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, "utf8"));
  // A test file that cannot be loaded fails the run without a failed test.
  const failed = ok ? numFailedTests : Math.max(1, numFailedTests);
  return { passed: numPassedTests, failed, skipped: numPendingTests };
}

async function extensionHost(runSuite) {
  await bundleSuite();
  const { passed, failed } = await runSuite();
  for (const title of passed) console.log(`  ✓ ${title}`);
  for (const { title, error } of failed) console.log(`  ✗ ${title}\n${error.replace(/^/gm, "      ")}`);
  return { passed: passed.length, failed: failed.length };
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
