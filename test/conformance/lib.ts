/**
 * nixpkgs' own `lib` in DIR against the table of `lib` calls (test/unit/nix/lib/cases): what Nix makes of them,
 * and what our evaluator makes of them from that source. The unit tests hold the native `lib` to the table.
 *
 *   npm run conformance -- --lib DIR     DIR is nixpkgs, its `lib` folder, or a checkout of nixpkgs.lib
 *
 * Where Nix's answer has changed with nixpkgs, the lines printed are those to put into the table.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Evaluator } from "../../server/src/nix/evaluator.ts";
import { printValue } from "../../server/src/nix/print.ts";
import { Thunk } from "../../server/src/nix/thunk.ts";
import { parseNix } from "../../server/src/syntax/lower.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { readTables } from "../unit/helpers/case-table.ts";
import { fileHost } from "../unit/helpers/file-host.ts";

/** Prints what differs; false if anything does. */
export function checkLibTable(parser: NixParser, root: string, directory: string): boolean {
  const lib = existsSync(join(directory, "lib/default.nix")) ? join(directory, "lib") : directory;
  const cwd = join(root, "test/unit/nix/lib");
  const cases = readTables(join(cwd, "cases")).flatMap((table) => table.cases);
  // What needs a newer Nix than may be installed here is not asked for.
  const asked = cases.filter(({ since }) => since === undefined);
  const nix = countEqual(asked, (expression) => byNix(expression, lib, cwd));
  console.log(`lib, evaluated by Nix: ${nix} of ${asked.length} calls as in the table`);
  const ours = countEqual(cases, bySource(parser, lib, cwd));
  console.log(`lib, evaluated by us from its source: ${ours} of ${cases.length} calls as in the table`);
  return nix === asked.length && ours === cases.length;
}

function countEqual(
  cases: readonly { readonly expression: string; readonly result: string }[],
  evaluate: (expression: string) => string,
): number {
  let equal = 0;
  for (const { expression, result } of cases) {
    const found = evaluate(expression);
    if (found === result) equal++;
    else console.log(`${expression}\n=> ${found}`);
  }
  return equal;
}

function byNix(expression: string, lib: string, cwd: string): string {
  const code = `let lib = import ${lib}; in\n${expression}`;
  const { status, stdout } = spawnSync(
    "nix-instantiate",
    ["--eval", "--strict", "--read-write-mode", "-E", code],
    { cwd, encoding: "utf8" },
  );
  return status === 0 ? stdout.trimEnd() : "error";
}

function bySource(parser: NixParser, lib: string, cwd: string): (expression: string) => string {
  const evaluator: Evaluator = new Evaluator(fileHost(parser), {
    globals: new Map([["lib", new Thunk(() => evaluator.evalFile(lib))]]),
  });
  return (expression) => {
    const thunk = evaluator.evalSource(parseNix(parser, join(cwd, "expression.nix"), expression));
    return evaluator.forceDeep(thunk).type === "failure" ? "error" : printValue(thunk);
  };
}
