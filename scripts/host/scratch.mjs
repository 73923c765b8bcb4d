/**
 * Copies of a clan to work in, so that the checkout stays clean.
 *
 *   await makeScratch(exampleFolder, "/…/.host/start/nix-config")
 */
import { cpSync, rmSync } from "node:fs";
import { run } from "../lib/process.mjs";

/**
 * Makes `target` a fresh copy of the clan in `source`, a git repository with everything committed: a flake
 * sees only what git knows. What was at `target` is gone.
 */
export async function makeScratch(source, target) {
  rmSync(target, { recursive: true, force: true });
  cpSync(source, target, { recursive: true });
  const git = (...args) => run("git", ["-C", target, ...args]);
  await git("init", "--quiet");
  await git("add", "--all");
  const identity = [
    "-c",
    "user.name=Example",
    "-c",
    "user.email=example@localhost",
    "-c",
    "commit.gpgSign=false",
  ];
  await git(...identity, "commit", "--quiet", "--no-verify", "--message", "A clan to try things in");
}
