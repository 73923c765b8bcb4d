/**
 * Measures how quick the server is, and prints tables. Nothing here passes or fails.
 *
 *   npm run bench                                all sections
 *   npm run bench -- --machines 10,100           clans of these sizes only
 *   npm run bench -- one-key                     one section
 *   npm run bench -- completion --clans DIR      on other clans, too
 *   npm run bench -- beside-peers --peer nil=/path/to/nil --peer bash-language-server=…
 *   npm run bench -- --write docs/benchmarks.md  the tables as a page, too
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createParser } from "../../server/src/syntax/parser.ts";
import { besidePeers } from "./beside-peers.ts";
import { completionAccuracy } from "./completion-accuracy.ts";
import { oneKey } from "./one-key.ts";
import type { Section, Table } from "./section.ts";

const sections: readonly Section[] = [besidePeers, oneKey, completionAccuracy];

const { values, positionals } = parseArgs({
  options: {
    machines: { type: "string", default: "10,100,1000,5000" },
    clans: { type: "string", multiple: true, default: [] },
    peer: { type: "string", multiple: true, default: [] },
    write: { type: "string" },
  },
  allowPositionals: true,
});
const chosen = sections.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const sizes = values.machines.split(",").map(Number);
if (chosen.length === 0 || !sizes.every((size) => Number.isInteger(size) && size > 0)) {
  const names = sections.map(({ name }) => name).join("|");
  console.error(
    `usage: npm run bench -- [--machines 10,100] [--clans DIR] [--peer NAME=PROGRAM] [--write FILE] [${names}]`,
  );
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
  const peers = new Map(values.peer.map((named) => splitOnce(named, "=")));
  const page: string[] = [];
  try {
    for (const section of chosen) {
      console.log(`\n${section.name}: ${section.about}\n`);
      const table = show(await section.run({ parser, sizes, root, scratch, peers, clans: values.clans }));
      console.log(table);
      page.push(`## ${section.name}\n\n${capitalized(section.about)}.\n\n${table}\n`);
    }
    if (values.write !== undefined) writeFileSync(values.write, `${introduction()}\n${page.join("\n")}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function show({ head, rows }: Table): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [head, widths.map((width) => "-".repeat(width)), ...rows]
    .map((row) => `| ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join(" | ")} |`)
    .join("\n");
}

/** With the machine it was measured on: figures of two machines say nothing of each other. */
function introduction(): string {
  const [processor] = cpus();
  const load = loadavg()[0]?.toFixed(1);
  return `# Benchmarks

What \`npm run bench -- ${process.argv
    .slice(2)
    .join(" ")
    .replace(
      /=\S*\//g,
      "=",
    )}\` printed in one run: ${cpus().length} × ${processor?.model}, Node ${process.version}, load ${load} at the end.
`;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
