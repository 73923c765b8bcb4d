#!/usr/bin/env node
// How the grammar does on real code: files with problems, and speed.
//
//   npm run grammar:report -- DIR…
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";

const root = new URL("..", import.meta.url).pathname;
const require = createRequire(import.meta.url);

/** The syntax room as one module Node can import. */
async function loadSyntax() {
  const outfile = join(root, "out", "grammar-report", "syntax.mjs");
  await build({
    stdin: {
      contents: `export { createParser } from "./parser.ts"; export { parseNix } from "./lower.ts";`,
      resolveDir: join(root, "server", "src", "syntax"),
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
  });
  return import(outfile);
}

function nixFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === ".git" ? [] : nixFiles(path);
    return entry.isFile() && entry.name.endsWith(".nix") ? [path] : [];
  });
}

const { createParser, parseNix } = await loadSyntax();
const parser = await createParser({
  runtime: readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm")),
  grammar: readFileSync(join(root, "grammar", "tree-sitter-nix.wasm")),
  shell: readFileSync(require.resolve("tree-sitter-bash/tree-sitter-bash.wasm")),
});

/** Megabytes a second of `work` over all texts. */
function speed(texts, work) {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const start = performance.now();
  for (const text of texts) work(text);
  return (bytes / 1e6 / ((performance.now() - start) / 1000)).toFixed(1);
}

for (const folder of process.argv.slice(2)) {
  const files = nixFiles(folder).map((path) => ({ path, text: readFileSync(path, "utf8") }));
  const texts = files.map((file) => file.text);
  const parsed = speed(texts, (text) => parser.parse(text).delete());
  const lowered = speed(texts, (text) => parseNix(parser, "/x.nix", text));
  const bad = files
    .map((file) => ({ ...file, problems: parseNix(parser, file.path, file.text).problems }))
    .filter((file) => file.problems.length > 0);
  console.log(
    `${folder}: ${files.length} files, ${bad.length} with problems; parse ${parsed} MB/s, parse and lower ${lowered} MB/s`,
  );
  for (const { path, text, problems } of bad)
    console.log(`  ${path}:${text.slice(0, problems[0].start).split("\n").length}: ${problems[0].message}`);
}
