/** The parser, from the wasm files that lie beside the bundle. */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createParser, type NixParser } from "../syntax/parser.ts";

export async function loadParser(): Promise<NixParser> {
  const [runtime, grammar] = await Promise.all([
    readFile(fileOf("web-tree-sitter.wasm")),
    readFile(fileOf("tree-sitter-nix.wasm")),
  ]);
  return createParser({
    runtime,
    grammar,
    get shell() {
      return readFileSync(fileOf("tree-sitter-bash.wasm"));
    },
  });
}

function fileOf(name: string): string {
  return path.join(__dirname, name);
}
