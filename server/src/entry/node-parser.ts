/** The parser, from the wasm files that lie beside the bundle. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createParser, type NixParser } from "../syntax/parser.ts";

export async function loadParser(): Promise<NixParser> {
  const [runtime, grammar, shell] = await Promise.all([
    readFile(path.join(__dirname, "web-tree-sitter.wasm")),
    readFile(path.join(__dirname, "tree-sitter-nix.wasm")),
    readFile(path.join(__dirname, "tree-sitter-bash.wasm")),
  ]);
  return createParser({ runtime, grammar, shell });
}
