/**
 * Runs a TypeScript program of ours in a Node of its own: bundled into a temporary file, which is deleted afterwards.
 *
 *   runTypeScript("test/bench/main.ts", { args: ["--machines", "10"] })   ->   its exit code
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./paths.mjs";

/** `entry` is relative to the checkout; `nodeOptions` go to Node, `args` and `env` to the program. */
export async function runTypeScript(entry, { args = [], env = process.env, nodeOptions = [] } = {}) {
  const directory = mkdtempSync(join(tmpdir(), "clan-run-"));
  try {
    const outfile = join(directory, "main.mjs");
    await build({
      entryPoints: [join(root, entry)],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      // jsonc-parser: its "main" cannot be bundled, its "module" can.
      mainFields: ["module", "main"],
      sourcemap: "inline",
      logLevel: "warning",
      // Bundled CommonJS packages ask for `require`, `__dirname` and `__filename`.
      banner: {
        js: [
          'import { createRequire as makeRequire } from "node:module";',
          "const require = makeRequire(import.meta.url);",
          "const __dirname = import.meta.dirname, __filename = import.meta.filename;",
        ].join("\n"),
      },
    });
    const { status } = spawnSync(
      process.execPath,
      ["--enable-source-maps", ...nodeOptions, outfile, ...args],
      {
        cwd: root,
        env,
        stdio: "inherit",
      },
    );
    return status ?? 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
