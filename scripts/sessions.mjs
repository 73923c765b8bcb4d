// Runs test/sessions/main.ts with the arguments given: `npm run sessions -- --edits 10000`.
import { runTypeScript } from "./lib/run-typescript.mjs";

process.exitCode = await runTypeScript("test/sessions/main.ts", { args: process.argv.slice(2) });
