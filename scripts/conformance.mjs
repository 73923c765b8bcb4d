/**
 * Runs test/conformance/main.ts with the arguments given, a current Nix first on its PATH:
 *
 *   npm run conformance -- --nix-lang DIR
 */
import { withCurrentNix } from "./lib/current-nix.mjs";
import { runTypeScript } from "./lib/run-typescript.mjs";

const args = process.argv.slice(2);
process.exitCode = await runTypeScript("test/conformance/main.ts", {
  args,
  // The table of errors holds the words of one version (errors.ts).
  env: args.includes("--errors") ? process.env : withCurrentNix(process.env),
});
