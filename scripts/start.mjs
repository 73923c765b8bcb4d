/**
 * `npm start`: VS Code with this extension, on a clan to try it on, from a fresh clone on.
 *
 *   npm start                        serves VS Code to the browser, on a copy of examples/nix-config
 *   npm start -- FOLDER              on another folder
 *   npm start -- --port 8555         at this port instead of 8444
 *   npm start -- --desktop           opens the VS Code installed here (`code` on PATH, or VSCODE_PATH)
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { installCheckout } from "./host/extension.mjs";
import { makeScratch } from "./host/scratch.mjs";
import { serveVscode } from "./host/serve.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { exampleFolder, hostFolder, root } from "./lib/paths.mjs";
import { run, say } from "./lib/process.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: "string", default: "8444" }, desktop: { type: "boolean", default: false } },
});

try {
  await ensureDependencies();
  say("building");
  await run(process.execPath, ["scripts/build.mjs"], { cwd: root });
  const clan = await clanFolder(positionals[0]);
  await (values.desktop ? openDesktop(clan) : serve(clan, Number(values.port)));
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}

/** The folder asked for, or a copy of the example: the checkout stays as it is. */
async function clanFolder(asked) {
  if (asked !== undefined) {
    // npm runs this in the checkout, wherever it was called.
    const folder = path.resolve(process.env.INIT_CWD ?? ".", asked);
    if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
    return { folder, ours: false };
  }
  const folder = path.join(hostFolder, "start/nix-config");
  await makeScratch(exampleFolder, folder);
  say(`the clan: ${path.relative(root, folder)}, a fresh copy of ${path.relative(root, exampleFolder)}`);
  return { folder, ours: true };
}

/** Serves until Ctrl-C. Our own example is trusted; any other folder is for the person to trust. */
async function serve({ folder, ours }, port) {
  const data = path.join(hostFolder, "start");
  installCheckout(data);
  const vscode = await serveVscode({ data, folder, port, readme: true, trust: ours });
  say(`VS Code: ${vscode.address()}`);
  say("after a change: `npm run build`, then Developer: Reload Window. Ctrl-C ends it.");
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void vscode.stop());
  await vscode.ended;
}

async function openDesktop({ folder }) {
  const code = process.env.VSCODE_PATH ?? "code";
  try {
    await run(code, ["--new-window", `--extensionDevelopmentPath=${root}`, folder]);
  } catch (error) {
    throw new Error(
      `${error.message}\nNeeded: an installed VS Code with its \`code\` command on PATH ("Shell Command: Install ` +
        "'code' command in PATH\"), or VSCODE_PATH naming its executable. Without one, `npm start` serves its own.",
    );
  }
}
