/**
 * A long session against fresh servers, over stdio.
 *
 *   npm run sessions                             300 edits
 *   npm run sessions -- --edits 10000 --seed 7   as many, the same each time
 */
import { parseArgs } from "node:util";
import { randomOf } from "../retype/random.ts";
import { runSession } from "./session.ts";

const { values } = parseArgs({
  options: {
    edits: { type: "string", default: "300" },
    every: { type: "string", default: "25" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
  },
});
console.log(`seed ${values.seed}`);
const { answers, differences, said, peak } = await runSession({
  root: process.cwd(),
  edits: Number(values.edits),
  every: Number(values.every),
  random: randomOf(Number(values.seed)),
});
for (const line of [...differences, ...said]) console.log(line.slice(0, 4_000));
console.log(
  `${answers} answers compared, ${differences.length} differ, ${said.length} lines logged, ${peak?.toFixed(0)} MB`,
);
process.exitCode = differences.length + said.length === 0 ? 0 : 1;
