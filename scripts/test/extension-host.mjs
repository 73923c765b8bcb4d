/**
 * Runs a suite in the extension host of a real VS Code and answers what passed and failed. The extension is this checkout,
 * or a package that is installed as a person does.
 *
 *   await runSuite("suite-node", { tests: "node.js" })   ->   { passed: ["language completes …"], failed: [], notes: [] }
 */
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { standIns } from "../../test/e2e/stand-in/stand-in.mjs";
import { closeBrowser, launchChromium } from "../host/chromium.mjs";
import { installPackage } from "../host/extension.mjs";
import { makeScratch } from "../host/scratch.mjs";
import { serveVscode } from "../host/serve.mjs";
import { exampleFolder, hostFolder, outFolder, root } from "../lib/paths.mjs";
import { within } from "../lib/within.mjs";

/** A suite of this size takes seconds; a host that says nothing for so long has hung. */
const timeLimit = 180_000;

/** Where the tests' bundles are: an extension of its own, under which they run when ours is installed. */
const runner = path.join(outFolder, "test");

/**
 * In a Node extension host of the served VS Code. `name` tells its folder from those of others.
 *
 * - `tests`: the bundle, a file in out/test
 * - `vsix`: the package to install; without it, the checkout is the extension under development
 * - `beside`: folders of other extensions that are installed
 * - `opened`: the folder that is opened a copy of
 */
export async function runSuite(name, { tests, vsix, beside = [], opened = exampleFolder }) {
  const { data, folder, recorder, results } = await prepare(name, opened);
  if (vsix !== undefined) await installPackage(data, vsix);
  for (const extension of beside) {
    cpSync(extension, path.join(data, "extensions", path.basename(extension)), { recursive: true });
  }
  const extension = vsix === undefined ? root : runner;
  await runInPage({ data, folder, env: recorder.env, extension, tests: path.join(runner, tests) });
  return results();
}

/** In the desktop VS Code with this executable. */
export async function runDesktopSuite(vscodeExecutablePath) {
  const { folder, recorder, results } = await prepare("suite-desktop", exampleFolder);
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(runner, "node.js"),
    extensionTestsEnv: recorder.env,
    launchArgs: [folder, "--disable-extensions", "--disable-workspace-trust"],
  }).catch(() => undefined); // The results say which tests failed.
  return results();
}

/** In a web worker, as on vscode.dev: the manifest there has no `main`. `source`: the extension's folder. */
export async function runBrowserSuite(name, source) {
  const { data, folder, recorder, results } = await prepare(name, exampleFolder);
  const extension = path.join(data, "extension");
  makeWebExtension(source, extension);
  // Tests run in the host of the extension they lie in.
  const tests = path.join(extension, "test.js");
  cpSync(path.join(runner, "browser.js"), tests);
  await runInPage({ data, folder, env: recorder.env, extension, tests });
  return results();
}

/** A folder of its own under .host/ with a fresh copy of the folder to open, and the way to its results. */
async function prepare(name, opened) {
  const data = path.join(hostFolder, name);
  rmSync(data, { recursive: true, force: true });
  const folder = path.join(data, "clan");
  mkdirSync(data, { recursive: true });
  await makeScratch(opened, folder);
  const recorder = standIns(path.join(data, "stand-in.jsonl"), "clan", "nix");
  const results = () => JSON.parse(readFileSync(path.join(data, "results.json"), "utf8"));
  return { data, folder, recorder, results };
}

function makeWebExtension(source, folder) {
  mkdirSync(folder, { recursive: true });
  const { main: _, ...manifest } = JSON.parse(readFileSync(path.join(source, "package.json"), "utf8"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  for (const part of ["dist", "syntaxes", "images"]) {
    symlinkSync(path.join(source, part), path.join(folder, part), "dir");
  }
}

/** Resolves when the suite has ended in a page of a served VS Code; throws when it does not end in time. */
async function runInPage({ data, folder, env, extension, tests }) {
  // First what may be missing on this machine.
  const browser = await launchChromium();
  const vscode = await serveVscode({ data, folder, trust: true, testing: true, env });
  try {
    const page = await browser.newPage();
    const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
    const log = path.join(data, "page.log");
    page.on("console", (message) => appendFileSync(log, `${message.text()}\n`));
    // The page calls it; what it is told, the console is told as well.
    await page.exposeFunction("codeAutomationLog", () => undefined);
    await page.goto(vscode.address({ extension, tests }));
    await within(timeLimit, ended, `the extension host did not finish the suite; see ${log}`);
  } finally {
    await closeBrowser(browser);
    await vscode.stop();
  }
}
