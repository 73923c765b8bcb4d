// Runs test/conformance/main.ts with the arguments given: `npm run conformance -- --nix-lang DIR`.
import { runTypeScript } from "./lib/run-typescript.mjs";

process.exitCode = await runTypeScript("test/conformance/main.ts", { args: process.argv.slice(2) });
