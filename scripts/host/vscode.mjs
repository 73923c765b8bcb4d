/**
 * Installs a real VS Code that serves itself to a browser: the `code-server` npm package carries a prebuilt
 * VS Code server. Everything lands in `.host/` and is kept for the next time.
 *
 *   await installVscode()   { node: "/…/bin/node", server: "/…/out/server-main.js" }
 */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hostFolder } from "../lib/paths.mjs";
import { npm, say } from "../lib/process.mjs";

/** VS Code 1.139.1, and the Node it is made for. */
const codeServerVersion = "4.139.1";
const nodeVersion = "24.21.0";

/** Installs the host if it is not there yet. Throws when npm fails, or on Windows, which has no such server. */
export async function installVscode() {
  if (process.platform === "win32") {
    throw new Error("serving VS Code does not work on Windows; use `npm start -- --desktop`, or WSL");
  }
  const folder = path.join(hostFolder, `vscode-${codeServerVersion}-node-${nodeVersion}`);
  if (!existsSync(folder)) await installInto(folder);
  return {
    node: path.join(folder, "node_modules", nodePackage(), "bin/node"),
    server: path.join(vscodeFolder(folder), "out/server-main.js"),
  };
}

async function installInto(folder) {
  say(
    `installing VS Code (code-server ${codeServerVersion}) and Node ${nodeVersion} into .host/ (about 800 MB, once)`,
  );
  // Built beside its place and moved there when complete, so that an interrupted install leaves nothing half done.
  const building = `${folder}.partial`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  writeFileSync(path.join(building, "package.json"), '{ "private": true }\n');
  const log = path.join(hostFolder, "install-vscode.log");
  // Install scripts would compile native add-ons VS Code does without; the terminal's comes prebuilt.
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save"];
  await npm(["install", ...quiet, `code-server@${codeServerVersion}`, `${nodePackage()}@${nodeVersion}`], {
    cwd: building,
    log,
  });
  const vscode = vscodeFolder(building);
  await npm(["install", ...quiet, "--omit=dev"], { cwd: vscode, log });
  await compileLogging(vscode, path.join(building, "node_modules", nodePackage()), log);
  renameSync(building, folder);
}

/** What VS Code writes its logs with, the Output panel included; it works without them. */
async function compileLogging(vscode, node, log) {
  const env = {
    ...process.env,
    PATH: [path.join(node, "bin"), process.env.PATH].join(path.delimiter),
    // The headers to compile against come with the package: none are downloaded.
    npm_config_nodedir: node,
  };
  try {
    await npm(["rebuild", "@vscode/spdlog", "@vscode/native-watchdog"], { cwd: vscode, env, log });
  } catch {
    say("no C++ compiler, make and Python here: the served VS Code's Output panel will be empty");
  }
}

function vscodeFolder(folder) {
  return path.join(folder, "node_modules/code-server/lib/vscode");
}

/** The npm package that holds Node's executable for this platform. */
function nodePackage() {
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  return `${prefix}-${process.platform}-${process.arch}`;
}
