/** Syntax trees of files, each made once for a text. */
import { once } from "../modules/lazy-type.ts";
import type { Source } from "../syntax/ast.ts";
import type { OpenFile } from "../syntax/document.ts";
import { parseJsonSource } from "../syntax/json.ts";
import { parseNix } from "../syntax/lower.ts";
import type { NixParser } from "../syntax/parser.ts";

interface Known {
  readonly text: string;
  readonly source: () => Source;
  /** Whose text it is, if it is open. */
  readonly document?: OpenFile;
}

/** The latest tree of each path. */
export class Sources {
  private readonly known = new Map<string, Known>();
  /** Of texts that open documents had before. */
  private readonly past = new Map<string, Known>();
  /** The open documents whose nodes somebody tries another text with. */
  private readonly lent = new Set<string>();

  constructor(private readonly parser: NixParser) {}

  get(path: string, text: string): Source {
    const found = this.known.get(path);
    if (found?.text === text) return found.source();
    const before = this.past.get(path);
    if (before?.text === text) return before.source();
    const source = this.parse(path, text);
    const kept = found?.document === undefined ? this.known : this.past;
    kept.set(path, { text, source: () => source });
    return source;
  }

  parse(path: string, text: string): Source {
    return isNix(path) ? parseNix(this.parser, path, text) : parseJsonSource(path, text);
  }

  /**
   * The tree of `text`, tried in place of `before`, which is what the file holds. It may share nodes with the file's own:
   * they are at the places of whichever was asked for last.
   */
  tryOut(path: string, before: string | undefined, text: string): () => Source {
    const found = this.known.get(path);
    const tried = found?.text === before ? found?.document?.tried(text) : undefined;
    if (tried === undefined) return once(() => this.parse(path, text));
    // Also where it is asked for late, after the document has had its nodes again.
    return () => {
      this.lent.add(path);
      return tried();
    };
  }

  /** All trees of open documents but these have their nodes again. */
  settle(but: { has(path: string): boolean }): void {
    for (const path of this.lent) {
      if (but.has(path)) continue;
      this.known.get(path)?.source();
      this.lent.delete(path);
    }
  }

  /** The tree of the open document is a cheaper way to that of its text than parsing it. */
  offer(path: string, document: OpenFile): void {
    const { text } = document;
    this.known.set(path, { text, source: () => document.source, document });
    this.past.delete(path);
  }

  forget(path: string): void {
    this.known.delete(path);
    this.past.delete(path);
  }

  forgetAll(isGone: (path: string) => boolean): void {
    for (const path of [...this.known.keys()]) if (isGone(path)) this.forget(path);
  }
}

/** Everything but JSON is read as Nix. */
export function isNix(path: string): boolean {
  return !path.endsWith(".json");
}
