/**
 * Asks Nix for the results of the table of `lib` calls (test/unit/nix/lib/cases), with nixpkgs' own `lib`.
 *
 *   npm run conformance -- --lib DIR     DIR is nixpkgs, its `lib` folder, or a checkout of nixpkgs.lib
 *
 * Where a result of nixpkgs has changed, the line printed is the one to put into the table.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readTables } from "../unit/helpers/case-table.ts";

/** Prints what differs; false if anything does. */
export function checkLibTable(root: string, directory: string): boolean {
  const lib = existsSync(join(directory, "lib/default.nix")) ? join(directory, "lib") : directory;
  const cwd = join(root, "test/unit/nix/lib");
  let checked = 0;
  let differing = 0;
  for (const { name, cases } of readTables(join(cwd, "cases")))
    for (const { expression, result, since } of cases) {
      // What needs a newer Nix than may be installed here is not asked for.
      if (since !== undefined) continue;
      checked++;
      const code = `let lib = import ${lib}; in\n${expression}`;
      const { status, stdout } = spawnSync(
        "nix-instantiate",
        ["--eval", "--strict", "--read-write-mode", "-E", code],
        { cwd, encoding: "utf8" },
      );
      const found = status === 0 ? stdout.trimEnd() : "error";
      if (found === result) continue;
      differing++;
      console.log(`${name}: ${expression}\n=> ${found}`);
    }
  console.log(`lib: ${checked - differing} of ${checked} calls as in the table`);
  return differing === 0;
}
