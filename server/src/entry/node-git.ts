/** The program git, asked for what a repository holds. */
import { spawnSync } from "node:child_process";
import { toNative } from "./node-files.ts";

/** A repository that someone else made may name programs in its configuration. */
const HARMLESS = [
  "--no-pager",
  "--no-optional-locks",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.hooksPath=/dev/null",
];

/** Of one answer, in bytes. */
const LIMIT = 512 * 1024 * 1024;

/** What it prints, or undefined where it fails or is not there. Arguments are a vector; no shell sees them. */
export function askGit(folder: string, args: readonly string[], input = ""): Uint8Array | undefined {
  const ran = spawnSync("git", ["-C", toNative(folder), ...HARMLESS, ...args], {
    input,
    maxBuffer: LIMIT,
    stdio: ["pipe", "pipe", "ignore"],
    windowsHide: true,
  });
  return ran.status === 0 ? ran.stdout : undefined;
}
