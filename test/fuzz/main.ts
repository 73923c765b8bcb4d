/**
 * Opens hostile files in the built server, one kind after the other, and prints what their answers cost.
 *
 *   npm run fuzz                          all kinds
 *   npm run fuzz -- --only 'FIFO|20 MB'   those whose name matches this regular expression
 *
 * Answers 1 where one took longer, or needed more memory, than it may, or anything failed.
 */
import { parseArgs } from "node:util";
import { hostileInputs } from "./hostile-inputs.ts";
import { measureInput } from "./measure-input.ts";

/** What a person waits for, and what an editor's server may take. */
const MAX_SECONDS = 2;
const MAX_MEGABYTES = 500;

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const only = new RegExp(values.only);

let bad = 0;
console.log("|  s | MB | input | slowest answer |");
console.log("| --: | --: | --- | --- |");
for (const input of hostileInputs.filter(({ name }) => only.test(name))) {
  const { seconds, peak, slowest, faults } = await measureInput(process.cwd(), input);
  const isBad = seconds > MAX_SECONDS || peak > MAX_MEGABYTES || faults.length > 0;
  if (isBad) bad++;
  console.log(
    `| ${seconds.toFixed(1)} | ${peak.toFixed(0)} | ${input.name} | ${slowest} |${isBad ? " <--" : ""}`,
  );
  for (const fault of faults) console.log(`    ${fault.slice(0, 300)}`);
}
console.log(`${bad} above ${MAX_SECONDS} s or ${MAX_MEGABYTES} MB, or with faults`);
process.exitCode = bad === 0 ? 0 : 1;
