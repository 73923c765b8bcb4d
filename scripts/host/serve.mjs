/**
 * Serves the installed VS Code to a browser on this machine.
 *
 *   const vscode = await serveVscode({ data: "/…/.host/start", folder: "/abs/clan", port: 8444 })
 *   vscode.address()   "http://127.0.0.1:8444/?folder=/abs/clan"
 *   await vscode.stop()
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { installVscode } from "./vscode.mjs";

const host = "127.0.0.1";

/**
 * Starts a server; resolves once it listens. It ends with this process at the latest.
 *
 * - `data`: folder for its settings, extensions and log, made if missing
 * - `folder`: what its page opens (absolute path)
 * - `port`: 0 for any free one; throws when the port is taken
 * - `readme`: the folder's README is shown at first
 * - `trust`: false asks the person whether they trust a folder, as VS Code does; true trusts all
 * - `testing`: lets the page name an extension under development and a test suite (see `address`)
 * - `env`: the server's environment, which tasks inherit
 * - `settings`: of the person, where there are none in `data` yet
 */
export async function serveVscode({
  data,
  folder,
  port = 0,
  readme = false,
  trust = false,
  testing = false,
  env = process.env,
  settings = {},
}) {
  const { node, server } = await installVscode();
  if (!(await isFree(port))) throw new Error(`port ${port} of ${host} is taken; name another`);
  writeSettings(path.join(data, "user/User"), {
    ...settings,
    "workbench.startupEditor": readme ? "readme" : "none",
  });
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
  const stopNow = () => process.kill(-child.pid, "SIGTERM");
  process.once("exit", stopNow);
  const ended = once(child, "exit").finally(() => process.off("exit", stopNow));
  const bound = await listening(child, path.join(data, "server.log"));
  return {
    address: (suite) => pageAddress(bound, folder, suite),
    /** Resolves when it has ended, by `stop` or by itself. */
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) stopNow();
      await ended;
    },
  };
}

/** Whether a server can listen there. VS Code's own says so only in its log, and goes on. */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/** The person's settings at the first start: an editor without advertising, that asks nothing of the network. */
function writeSettings(folder, own) {
  const file = path.join(folder, "settings.json");
  if (existsSync(file)) return;
  mkdirSync(folder, { recursive: true });
  const settings = {
    "chat.disableAIFeatures": true,
    "extensions.autoCheckUpdates": false,
    "telemetry.telemetryLevel": "off",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    ...own,
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
 * The page's address. With `extension` (folder of an extension under development) and `tests` (a module in
 * it, whose `run()` is called in its extension host) the page runs those; it needs `testing`.
 */
function pageAddress(port, folder, { extension, tests } = {}) {
  const page = `http://${host}:${port}/?folder=${encodeURI(folder)}`;
  if (extension === undefined) return page;
  const remote = (absolute) => `vscode-remote://${host}:${port}${absolute}`;
  const payload = [
    ["extensionDevelopmentPath", remote(extension)],
    ["extensionTestsPath", remote(tests)],
  ];
  return `${page}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}
