/**
 * The table of errors (test/unit/nix/errors/cases.txt) against the installed Nix, which must be 2.8: what it says of each
 * expression, and where. The unit tests hold our evaluator to the table.
 *
 *   npm run conformance -- --errors     prints the lines of the table that are not what Nix says
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { ourError, readErrorTable, saysTheSame } from "../unit/helpers/error-table.ts";

/** False if the table is wrong about Nix. */
export function checkErrorTable(parser: NixParser, root: string): boolean {
  const directory = join(root, "test/unit/nix/errors");
  const cases = readErrorTable(join(directory, "cases.txt"));
  let [recorded, same] = [0, 0];
  for (const { expression, nix } of cases) {
    const said = nixError(expression, directory);
    if (said === nix) recorded++;
    else console.log(`${expression}\n=> ${said}`);
    const ours = ourError(parser, directory, expression);
    if (saysTheSame(ours, said)) same++;
    else console.log(`${expression}\n=> ${said}\n~> ${ours}`);
  }
  const share = ((100 * same) / cases.length).toFixed(1);
  console.log(
    `errors: ${recorded} of ${cases.length} recorded as Nix says them; we say ${same} as Nix does (${share} %)`,
  );
  return recorded === cases.length;
}

/** What Nix says, in the table's form. */
function nixError(expression: string, directory: string): string {
  const { status, stderr } = spawnSync("nix-instantiate", ["--eval", "--strict", "-"], {
    cwd: directory,
    input: expression,
    encoding: "utf8",
  });
  if (status === 0) return "no error";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours Nix prints with.
  const text = stderr.replace(/\x1b\[[0-9;]*m/g, "");
  const error = text.slice(text.indexOf("error: ") + "error: ".length);
  const [, message = ""] = /^(.*?)(?:\n\n|\n\(use|\nTry|\n?$)/s.exec(error) ?? [];
  const [, place = "-"] = /^ +at (\S+:\d+:\d+):/m.exec(error) ?? [];
  const [, meant] = /Did you mean (?:one of )?(.*)\?/.exec(error) ?? [];
  const hint = meant ? ` (${meant.replace(" or ", ", ")}?)` : "";
  return `${place} ${message.replace(/\n\s*/g, " ")}${hint}`
    .replaceAll(/[«(](stdin|string)[»)]:/g, "")
    .replaceAll(`${directory}/`, "./");
}
