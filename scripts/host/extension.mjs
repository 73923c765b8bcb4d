/**
 * Installs this checkout as an extension of a served VS Code, in place: after a build, "Developer: Reload
 * Window" shows what changed.
 */
import { mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { root } from "../lib/paths.mjs";

/** `data` is the folder handed to `serveVscode`, which is not running yet. */
export function installCheckout(data) {
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const extensions = path.join(data, "extensions");
  // VS Code's list of extensions is made anew from the folder when it is missing.
  rmSync(extensions, { recursive: true, force: true });
  mkdirSync(extensions, { recursive: true });
  symlinkSync(root, path.join(extensions, `${publisher}.${name}-${version}`), "dir");
}
