// Bundles test/conformance/main.ts and runs it with the arguments given: `npm run conformance -- --nix-lang DIR`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const directory = mkdtempSync(join(tmpdir(), "clan-conformance-"));
try {
  const outfile = join(directory, "main.mjs");
  await build({
    entryPoints: [join(root, "test/conformance/main.ts")],
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
    ["--enable-source-maps", outfile, ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
