#!/usr/bin/env node
/**
 * The `clan-ls` program: runs the built bundle. In a checkout that has not been built, builds it first, with
 * what the build says on stderr.
 */
const { spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { homedir } = require("node:os");
const path = require("node:path");

const root = path.resolve(__dirname, "../..");
const bundle = path.join(root, "dist/server/clan-ls.js");

if (!existsSync(bundle)) build();
// Node keeps the compiled program from 22.1 on. In a folder of the person's own: nobody else must write what is run.
enableCompileCache?.(path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "clan-ls"));
require(bundle);

function build() {
  const script = path.join(root, "scripts/build.mjs");
  const isInstalled = existsSync(path.join(root, "node_modules/esbuild"));
  const built =
    isInstalled && spawnSync(process.execPath, [script], { cwd: root, stdio: ["ignore", 2, 2] }).status === 0;
  if (built) return;
  const steps = isInstalled ? "npm run build" : "npm ci && npm run build";
  console.error(`clan-ls: not built yet; run this in ${root}:\n\n  ${steps}\n`);
  process.exit(2);
}
