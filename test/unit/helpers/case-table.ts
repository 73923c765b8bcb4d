/**
 * Tables of expressions and what Nix makes of them, as plain text files of two lines a case:
 *
 *   builtins.head [ 1 2 ]
 *   => 1
 *   7 |> toString
 *   => "7" (since 2.24)
 */
import { readdirSync, readFileSync } from "node:fs";

export interface Case {
  readonly expression: string;
  /** As `nix-instantiate --eval --strict` prints it, or "error". */
  readonly result: string;
  /** The first version of Nix that gives this result, where that matters. */
  readonly since: string | undefined;
}

export interface Table {
  /** The file's name without `.txt`. */
  readonly name: string;
  readonly cases: readonly Case[];
}

/** Every `*.txt` in `directory`. */
export function readTables(directory: string): Table[] {
  return readdirSync(directory).map((file) => ({
    name: file.replace(".txt", ""),
    cases: parseCases(readFileSync(`${directory}/${file}`, "utf8")),
  }));
}

function parseCases(text: string): Case[] {
  const cases: Case[] = [];
  const lines = text.trimEnd().split("\n");
  for (let index = 0; index < lines.length; index += 2) {
    const [, result, since] = /^=> (.*?)(?: \(since ([\d.]+)\))?$/.exec(lines[index + 1] ?? "") ?? [];
    if (result === undefined) throw new Error(`line ${index + 2} should be a result`);
    cases.push({ expression: lines[index] as string, result, since });
  }
  return cases;
}
