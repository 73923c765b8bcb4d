/**
 * Bundles the extension-host suites into out/test: node.js, packed.js, idle.js and beside-nix-ide.js for a Node host, browser.js for a
 * web worker. The folder is an extension of its own, in whose name they run where ours is installed.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import esbuild from "esbuild";
import { outFolder, root } from "../lib/paths.mjs";

/** It is active when the editor has started, so that tests can wait for that. */
const runner = {
  name: "suite",
  publisher: "clan-nix",
  version: "0.0.0",
  engines: { vscode: "^1.100.0" },
  main: "./runner.js",
  activationEvents: ["onStartupFinished"],
};

/** All bundles; resolves when they are written. */
export async function bundleSuite() {
  const folder = path.join(outFolder, "test");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(runner));
  writeFileSync(path.join(folder, "runner.js"), "exports.activate = () => undefined;\n");
  const shared = {
    bundle: true,
    format: "cjs",
    sourcemap: "inline",
    logLevel: "warning",
    absWorkingDir: root,
  };
  await Promise.all([
    esbuild.build({
      ...shared,
      entryPoints: ["node", "packed", "idle", "beside-nix-ide"].map((name) => `test/e2e/suite/${name}.ts`),
      outdir: folder,
      platform: "node",
      external: ["vscode", "mocha"],
    }),
    esbuild.build({
      ...shared,
      entryPoints: ["test/e2e/suite/browser.ts"],
      outfile: path.join(folder, "browser.js"),
      platform: "browser",
      external: ["vscode"],
      // mocha.js would take this bundle's own exports for its place.
      define: { exports: "undefined" },
    }),
  ]);
}
