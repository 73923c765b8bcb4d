// Runs test/fuzz/main.ts with the arguments given: `npm run fuzz -- --only FIFO`.
import { runTypeScript } from "./lib/run-typescript.mjs";

process.exitCode = await runTypeScript("test/fuzz/main.ts", { args: process.argv.slice(2) });
