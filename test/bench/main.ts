/**
 * Measures how quick the server is, and prints tables. Nothing here passes or fails.
 *
 *   npm run bench                                all sections
 *   npm run bench -- --machines 10,100           clans of these sizes only
 *   npm run bench -- one-key                     one section
 *   npm run bench -- completion --clans DIR      on other clans, too
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createParser } from "../../server/src/syntax/parser.ts";
import { completionAccuracy } from "./completion-accuracy.ts";
import { oneKey } from "./one-key.ts";
import type { Section, Table } from "./section.ts";

const sections: readonly Section[] = [oneKey, completionAccuracy];

const { values, positionals } = parseArgs({
  options: {
    machines: { type: "string", default: "10,100,1000,5000" },
    clans: { type: "string", multiple: true, default: [] },
  },
  allowPositionals: true,
});
const chosen = sections.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const sizes = values.machines.split(",").map(Number);
if (chosen.length === 0 || !sizes.every((size) => Number.isInteger(size) && size > 0)) {
  const names = sections.map(({ name }) => name).join("|");
  console.error(`usage: npm run bench -- [--machines 10,100] [--clans DIR] [${names}]`);
  process.exitCode = 2;
} else await measure();

async function measure(): Promise<void> {
  const root = process.cwd();
  const require = createRequire(join(root, "package.json"));
  const parser = await createParser({
    runtime: readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm")),
    grammar: readFileSync(join(root, "grammar/tree-sitter-nix.wasm")),
    shell: readFileSync(require.resolve("tree-sitter-bash/tree-sitter-bash.wasm")),
  });
  const scratch = mkdtempSync(join(tmpdir(), "clan-bench-"));
  try {
    for (const section of chosen) {
      console.log(`\n${section.name}: ${section.about}\n`);
      print(await section.run({ parser, sizes, root, scratch, clans: values.clans }));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function print({ head, rows }: Table): void {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [head, widths.map((width) => "-".repeat(width)), ...rows])
    console.log(`| ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join(" | ")} |`);
}
