// Runs test/retype/main.ts with the arguments given: `npm run retype -- DIR…`.
import { runTypeScript } from "./lib/run-typescript.mjs";

process.exitCode = await runTypeScript("test/retype/main.ts", { args: process.argv.slice(2) });
