/** A parser on the committed grammar, one for the whole test process. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createParser, type NixParser } from "../../../server/src/syntax/parser.ts";

const { resolve } = createRequire(import.meta.url);
const runtime = resolve("web-tree-sitter/web-tree-sitter.wasm");
const shell = resolve("tree-sitter-bash/tree-sitter-bash.wasm");
const grammar = new URL("../../../grammar/tree-sitter-nix.wasm", import.meta.url);

let parser: Promise<NixParser> | undefined;

export function testParser(): Promise<NixParser> {
  // Loading the wasm takes longer than most tests: shared on purpose.
  parser ??= createParser({
    runtime: readFileSync(runtime),
    grammar: readFileSync(grammar),
    shell: readFileSync(shell),
  });
  return parser;
}
