/** The parser, from the wasm files that lie beside the bundle. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createParser, type NixParser } from "../syntax/parser.ts";

export async function loadParser(): Promise<NixParser> {
  const [runtime, grammar] = await Promise.all(
    ["web-tree-sitter.wasm", "tree-sitter-nix.wasm"].map((name) => readFile(path.join(__dirname, name))),
  );
  if (runtime === undefined || grammar === undefined) throw new Error("the parser is not built");
  return createParser({ runtime, grammar });
}
