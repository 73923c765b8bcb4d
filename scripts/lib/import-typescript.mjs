/**
 * Imports TypeScript of ours into a script.
 *
 *   await importTypeScript(`export { rules } from "./server/src/rules/all.ts";`)   ->   { rules: […] }
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import esbuild from "esbuild";
import { root } from "./paths.mjs";

/** `contents` is a module in the checkout's root; answers what it exports. */
export async function importTypeScript(contents) {
  const folder = mkdtempSync(path.join(tmpdir(), "clan-import-"));
  try {
    const outfile = path.join(folder, "bundle.cjs");
    await esbuild.build({
      stdin: { contents, resolveDir: root },
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      // jsonc-parser's CommonJS build asks for its parts in a way no bundler follows; its ES module does not.
      mainFields: ["module", "main"],
      logLevel: "warning",
      // What looks for its wasm beside itself is only imported, never started.
      alias: { "web-tree-sitter": path.join(root, "node_modules/web-tree-sitter/web-tree-sitter.cjs") },
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
