// Runs test/bench/main.ts with the arguments given: `npm run bench -- --machines 10,100`.
import { runTypeScript } from "./lib/run-typescript.mjs";

process.exitCode = await runTypeScript("test/bench/main.ts", {
  args: process.argv.slice(2),
  // Memory is measured after a collection.
  nodeOptions: ["--expose-gc", "--max-old-space-size=8192"],
});
