// Runs test/mutation/main.ts with the arguments given: `npm run mutate -- --count 60 --seed 7`.
import { runTypeScript } from "./lib/run-typescript.mjs";

process.exitCode = await runTypeScript("test/mutation/main.ts", { args: process.argv.slice(2) });
