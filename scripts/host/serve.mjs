/**
 * Serves the installed VS Code to a browser on this machine.
 *
 *   const vscode = await serveVscode({ data: ".host/start" })
 *   vscode.address({ folder: "/abs/clan" })   "http://127.0.0.1:8444/?folder=/abs/clan"
 *   await vscode.stop()
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { installVscode } from "./vscode.mjs";

const host = "127.0.0.1";

/**
 * Starts a server; resolves once it listens.
 *
 * - `data`: folder for its settings, extensions and log, made if missing
 * - `port`: 0 for any free one
 * - `trust`: false asks the person whether they trust a folder, as VS Code does; true trusts all
 * - `testing`: lets the page name an extension under development and a test suite (see `address`)
 * - `env`: the server's environment, which tasks inherit
 */
export async function serveVscode({ data, port = 0, trust = false, testing = false, env = process.env }) {
  const { node, server } = await installVscode();
  writeSettings(path.join(data, "user/User"));
  const args = [
    ...["--host", host, "--port", String(port)],
    ...["--server-data-dir", path.join(data, "server"), "--user-data-dir", path.join(data, "user")],
    ...["--extensions-dir", path.join(data, "extensions")],
    ...["--without-connection-token", "--accept-server-license-terms", "--telemetry-level", "off"],
    // `env` counts, a development shell's for example, not what a login shell would set.
    "--force-disable-user-env",
    ...(trust ? ["--disable-workspace-trust"] : []),
    ...(testing ? ["--enable-smoke-test-driver"] : []),
  ];
  // Its own process group: stopping it stops its extension hosts and terminals too.
  const child = spawn(node, [server, ...args], { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const log = path.join(data, "server.log");
  const bound = await listening(child, log);
  return {
    port: bound,
    log,
    address: (query) => pageAddress(bound, query),
    ended: once(child, "exit"),
    stop: () => stopGroup(child),
  };
}

/** The person's settings at the first start: an editor without advertising, that asks nothing of the network. */
function writeSettings(folder) {
  const file = path.join(folder, "settings.json");
  if (existsSync(file)) return;
  mkdirSync(folder, { recursive: true });
  const settings = {
    "chat.disableAIFeatures": true,
    "extensions.autoCheckUpdates": false,
    "telemetry.telemetryLevel": "off",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
  };
  writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
}

/** The port the server says it is bound to. Throws, naming the log, if it ends before that. */
function listening(child, log) {
  const file = createWriteStream(log);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk) => {
      output += chunk;
      const port = /Server bound to [\d.]+:(\d+)/.exec(output)?.[1];
      if (port === undefined || !output.includes("Extension host agent listening")) return;
      child.stdout.off("data", read);
      resolve(Number(port));
    };
    child.stdout.on("data", read);
    child.on("error", reject);
    child.on("exit", (code) =>
      reject(new Error(`VS Code's server ended with code ${code}; its log: ${log}`)),
    );
  });
}

/**
 * The page's address. `folder`: what it opens (absolute path). `extension`: folder of an extension under
 * development; `tests`: module whose `run()` is called in its extension host; both need `testing`.
 */
function pageAddress(port, { folder, file, extension, tests }) {
  const remote = (absolute) => `vscode-remote://${host}:${port}${absolute}`;
  const payload = [["skipWelcome", "true"]];
  if (file !== undefined) payload.push(["openFile", remote(file)]);
  if (extension !== undefined) payload.push(["extensionDevelopmentPath", remote(extension)]);
  if (tests !== undefined) payload.push(["extensionTestsPath", remote(tests)]);
  return `http://${host}:${port}/?folder=${encodeURI(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

async function stopGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  process.kill(-child.pid, "SIGTERM");
  await ended;
}
