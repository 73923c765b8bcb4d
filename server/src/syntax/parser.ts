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
  /** The tree of `text`; the caller deletes it. `previous` must have been edited to match. Throws ParserEnded at most. */
  parse(text: string, previous?: Tree): Tree;
  /** The tree of a shell script, likewise. */
  parseShell(text: string): Tree;
}

export { Edit, type SyntaxNode, type Tree };

/** Loads the wasm and makes a parser. Throws if the bytes are not the expected modules. */
export async function createParser(bytes: ParserBytes): Promise<NixParser> {
  await Parser.init({ wasmBinary: bytes.runtime });
  const nix = new LastingParser(await Language.load(bytes.grammar));
  let shell: LastingParser | undefined;
  return {
    parse: (text, previous) => {
      const closed = withoutOpenComments(text);
      return closed === text ? nix.parse(text, previous) : nix.parse(closed);
    },
    parseShell(text) {
      shell ??= new LastingParser(Language.loadSync(new WebAssembly.Module(new Uint8Array(bytes.shell))));
      return shell.parse(text);
    },
  };
}

/** A text that no parser gets through. */
export class ParserEnded extends Error {}

/** A parser that is made anew when one has come to its end, as wasm does that finds no room. */
class LastingParser {
  private parser: Parser;

  constructor(private readonly language: Language) {
    this.parser = this.make();
  }

  /** What ended one may be the fault of all it had read before. */
  parse(text: string, previous?: Tree): Tree {
    const tree = this.attempt(text, previous) ?? this.attempt(text, undefined);
    if (tree === undefined) throw new ParserEnded("the parser came to its end");
    return tree;
  }

  private attempt(text: string, previous: Tree | undefined): Tree | undefined {
    try {
      const tree = this.parser.parse(text, previous);
      // Only a parser without a language or a cancelled parse gives null; ours are neither.
      if (tree === null) throw new Error("tree-sitter gave no tree");
      return tree;
    } catch (thrown) {
      if (!(thrown instanceof WebAssembly.RuntimeError)) throw thrown;
      this.parser = this.make();
      return undefined;
    }
  }

  private make(): Parser {
    const parser = new Parser();
    parser.setLanguage(this.language);
    return parser;
  }
}

/** So many are what a person may write. */
const MAX_OPEN_COMMENTS = 20;

/**
 * Of comments that nothing closes the first few: the parser looks for the end of each as far as the file goes. Nix reads
 * all that follows the first as a comment; in a string the characters mean the same to the parser as spaces.
 */
function withoutOpenComments(text: string): string {
  let at = text.lastIndexOf("*/") + 1;
  for (let found = 0; found <= MAX_OPEN_COMMENTS; found++) {
    at = text.indexOf("/*", at) + 1;
    if (at === 0) return text;
  }
  return text.slice(0, at - 1) + text.slice(at - 1).replaceAll("/*", "  ");
}
