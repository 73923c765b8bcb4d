/**
 * Makes node_modules be what package-lock.json says: runs `npm ci` in a fresh clone and after a pull that
 * changed the lock file, and nothing otherwise.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";
import { npm, say } from "./process.mjs";

/** Installs what is missing; throws when npm fails. */
export async function ensureDependencies() {
  if (areCurrent()) return;
  say("installing the dependencies (npm ci; once, and again when package-lock.json changes)");
  await npm(["ci"], { cwd: root });
}

/** Whether npm's own record of what it installed agrees with the lock file. */
function areCurrent() {
  const wanted = readPackages("package-lock.json");
  const installed = readPackages("node_modules/.package-lock.json");
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(
    ([name, { version, optional }]) =>
      // Packages for other platforms are optional, and absent for good.
      name === "" || optional || installed[name]?.version === version,
  );
}

/** The `packages` of a lock file; undefined when it cannot be read. */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), "utf8")).packages;
  } catch {
    return undefined;
  }
}
