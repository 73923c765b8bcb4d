/**
 * Runs the extension-host suite in a real VS Code and answers what passed and failed. Three hosts: the
 * served VS Code with a Node extension host, the same with a web worker, and an installed desktop VS Code.
 */
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { standIns } from "../../test/e2e/stand-in/stand-in.mjs";
import { closeBrowser, launchChromium } from "../host/chromium.mjs";
import { makeScratch } from "../host/scratch.mjs";
import { serveVscode } from "../host/serve.mjs";
import { exampleFolder, hostFolder, outFolder, root } from "../lib/paths.mjs";
import { within } from "../lib/within.mjs";

/** A suite of this size takes seconds; a host that says nothing for so long has hung. */
const timeLimit = 180_000;

/** In a Node extension host: of the VS Code that VSCODE_PATH names, else of the served one. */
export async function runNodeSuite() {
  const desktop = process.env.VSCODE_PATH;
  const { folder, recorder, results } = await prepare(desktop ? "suite-desktop" : "suite-node");
  const tests = path.join(outFolder, "test/node.js");
  if (desktop) {
    await runTests({
      vscodeExecutablePath: desktop,
      extensionDevelopmentPath: root,
      extensionTestsPath: tests,
      extensionTestsEnv: recorder.env,
      launchArgs: [folder, "--disable-extensions", "--disable-workspace-trust"],
    }).catch(() => undefined); // The results say which tests failed.
  } else await runInPage({ folder, env: recorder.env, extension: root, tests });
  return results();
}

/** In a web worker, as on vscode.dev: the manifest there has no `main`. */
export async function runBrowserSuite() {
  const { data, folder, recorder, results } = await prepare("suite-browser");
  const extension = path.join(data, "extension");
  makeWebExtension(extension);
  // Tests run in the host of the extension they lie in.
  const tests = path.join(extension, "test.js");
  cpSync(path.join(outFolder, "test/browser.js"), tests);
  await runInPage({ folder, env: recorder.env, extension, tests });
  return results();
}

/** A folder of its own under .host/ with a fresh copy of the example, and the way to its results. */
async function prepare(name) {
  const data = path.join(hostFolder, name);
  rmSync(data, { recursive: true, force: true });
  const folder = path.join(data, "clan");
  mkdirSync(data, { recursive: true });
  await makeScratch(exampleFolder, folder);
  const recorder = standIns(path.join(data, "stand-in.jsonl"), "clan", "nix");
  const results = () => JSON.parse(readFileSync(path.join(data, "results.json"), "utf8"));
  return { data, folder, recorder, results };
}

function makeWebExtension(folder) {
  mkdirSync(folder, { recursive: true });
  const { main: _, ...manifest } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  for (const part of ["dist", "syntaxes", "snippets", "images"]) {
    symlinkSync(path.join(root, part), path.join(folder, part), "dir");
  }
}

/** Resolves when the suite has ended in a page of a served VS Code; throws when it does not end in time. */
async function runInPage({ folder, env, extension, tests }) {
  // First what may be missing on this machine.
  const browser = await launchChromium();
  const vscode = await serveVscode({ data: path.dirname(folder), folder, trust: true, testing: true, env });
  try {
    const page = await browser.newPage();
    const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
    const log = path.join(path.dirname(folder), "page.log");
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
