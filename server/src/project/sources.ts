/** Syntax trees of files, each made once for a text. */
import type { Source } from "../syntax/ast.ts";
import { parseJsonSource } from "../syntax/json.ts";
import { parseNix } from "../syntax/lower.ts";
import type { NixParser } from "../syntax/parser.ts";

/** The latest tree of each path. */
export class Sources {
  private readonly known = new Map<string, { readonly text: string; readonly source: () => Source }>();

  constructor(private readonly parser: NixParser) {}

  get(path: string, text: string): Source {
    const found = this.known.get(path);
    if (found?.text === text) {
      const source = found.source();
      // The document it came from may have moved on meanwhile.
      if (source.text === text) return source;
    }
    const source = this.parse(path, text);
    this.known.set(path, { text, source: () => source });
    return source;
  }

  parse(path: string, text: string): Source {
    return isNix(path) ? parseNix(this.parser, path, text) : parseJsonSource(path, text);
  }

  /** A cheaper way to the tree of `text` than parsing it. */
  offer(path: string, text: string, source: () => Source): void {
    this.known.set(path, { text, source });
  }

  forget(path: string): void {
    this.known.delete(path);
  }

  forgetAll(isGone: (path: string) => boolean): void {
    for (const path of this.known.keys()) if (isGone(path)) this.known.delete(path);
  }
}

/** Everything but JSON is read as Nix. */
export function isNix(path: string): boolean {
  return !path.endsWith(".json");
}
