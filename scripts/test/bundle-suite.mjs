/**
 * Bundles the extension-host suite: out/test/node.js for a Node host, out/test/browser.js for a web worker.
 */
import path from "node:path";
import esbuild from "esbuild";
import { outFolder, root } from "../lib/paths.mjs";

/** Both bundles; resolves when they are written. */
export async function bundleSuite() {
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
      entryPoints: ["test/e2e/suite/node.ts"],
      outfile: path.join(outFolder, "test/node.js"),
      platform: "node",
      external: ["vscode", "mocha"],
    }),
    esbuild.build({
      ...shared,
      entryPoints: ["test/e2e/suite/browser.ts"],
      outfile: path.join(outFolder, "test/browser.js"),
      platform: "browser",
      external: ["vscode"],
      // mocha.js would take this bundle's own exports for its place.
      define: { exports: "undefined" },
    }),
  ]);
}
