/**
 * Installs the extension in a served VS Code that is not running yet. `data` is the folder handed to `serveVscode`.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { root } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { installVscode } from "./vscode.mjs";

/** This checkout, in place: after a build, "Developer: Reload Window" shows what changed. */
export function installCheckout(data) {
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  symlinkSync(root, path.join(emptyFolder(data), `${publisher}.${name}-${version}`), "dir");
}

/** The package `vsix`, as a person installs it. Throws where VS Code refuses it. */
export async function installPackage(data, vsix) {
  const { node, server } = await installVscode();
  const folders = ["--extensions-dir", emptyFolder(data), "--server-data-dir", path.join(data, "server")];
  const log = path.join(data, "install.log");
  await run(node, [server, "--install-extension", vsix, ...folders, "--accept-server-license-terms"], {
    log,
  });
}

/** Where the installed package is. */
export function installedFolder(data) {
  const { publisher, name } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const extensions = path.join(data, "extensions");
  const folder = readdirSync(extensions).find((entry) => entry.startsWith(`${publisher}.${name}-`));
  if (folder === undefined) throw new Error(`${extensions} does not have the extension`);
  return path.join(extensions, folder);
}

/** The folder of extensions, without any. VS Code's list of them is made anew from the folder when it is missing. */
function emptyFolder(data) {
  const extensions = path.join(data, "extensions");
  rmSync(extensions, { recursive: true, force: true });
  mkdirSync(extensions, { recursive: true });
  return extensions;
}
