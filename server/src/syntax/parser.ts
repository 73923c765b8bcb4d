/**
 * The only place that knows web-tree-sitter. The wasm bytes are handed in, so that the same code runs
 * in Node and in a web worker.
 *
 * A tree lives in wasm memory and must be deleted by its owner: one left to the garbage collector
 * together with a cursor has crashed the process (web-tree-sitter 0.27.1).
 */
import { Edit, Language, Parser, type Node as SyntaxNode, type Tree } from "web-tree-sitter";

export interface ParserBytes {
  /** web-tree-sitter.wasm */
  readonly runtime: Uint8Array;
  /** tree-sitter-nix.wasm */
  readonly grammar: Uint8Array;
  /** tree-sitter-bash.wasm, for the scripts in Nix strings. Asked for when there is the first one: most files have none. */
  readonly shell: Uint8Array;
}

export interface NixParser {
  /** The tree of `text`; the caller deletes it. `previous` must have been edited to match. Never throws. */
  parse(text: string, previous?: Tree): Tree;
  /** The tree of a shell script; the caller deletes it. Never throws. */
  parseShell(text: string): Tree;
}

export { Edit, type SyntaxNode, type Tree };

/** Loads the wasm and makes a parser. Throws if the bytes are not the expected modules. */
export async function createParser(bytes: ParserBytes): Promise<NixParser> {
  await Parser.init({ wasmBinary: bytes.runtime });
  const nix = parserOf(await Language.load(bytes.grammar));
  let shell: Parser | undefined;
  return {
    parse: (text, previous) => treeOf(nix, text, previous),
    parseShell(text) {
      shell ??= parserOf(Language.loadSync(new WebAssembly.Module(new Uint8Array(bytes.shell))));
      return treeOf(shell, text);
    },
  };
}

function parserOf(language: Language): Parser {
  const parser = new Parser();
  parser.setLanguage(language);
  return parser;
}

function treeOf(parser: Parser, text: string, previous?: Tree): Tree {
  const tree = parser.parse(text, previous);
  // Only a parser without a language or a cancelled parse gives null; ours are neither.
  if (tree === null) throw new Error("tree-sitter gave no tree");
  return tree;
}
