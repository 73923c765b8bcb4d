/**
 * A file open in an editor: its text, edited in place, and a syntax tree kept in step by reparsing only
 * what an edit touched. Owns its tree; `dispose` frees it.
 */
import type { Source } from "./ast.ts";
import { type Change, changeBetween, joinChanges } from "./change.ts";
import { lowerTree, parseNix } from "./lower.ts";
import { Edit, type NixParser, ParserEnded, type Tree } from "./parser.ts";
import { rereadNix, WholeFile } from "./relower.ts";
import { TextSize } from "./too-large.ts";

/** Replaces [start, end) of the text as it is when the edit's turn comes (UTF-16 offsets). */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A file open in an editor, in whichever language. */
export interface OpenFile {
  readonly text: string;
  /**
   * The tree of the present text, made when first asked for. From then on the nodes that it has in common with an older
   * tree are its own: the older one must not be looked at any more.
   */
  readonly source: Source;
  /**
   * The tree of a text that is only tried: a little different from the present one. It shares nodes with that, which are
   * at the places of whichever of the two was asked for last. Undefined where the text must be parsed by itself.
   */
  tried(text: string): (() => Source) | undefined;
  /** Applies the changes one after the other. */
  edit(changes: readonly TextChange[]): void;
  dispose(): void;
}

export class NixDocument implements OpenFile {
  /** Undefined once disposed of. */
  private tree: Tree | undefined;
  /** The tree has been told of edits and not been parsed since. */
  private stale = false;
  private lowered: Source | undefined;
  /** The last version without a problem, and what has changed since. */
  private whole: WholeFile | undefined;
  private change: Change | undefined;
  private size: TextSize;

  constructor(
    private readonly parser: NixParser,
    readonly path: string,
    private current: string,
  ) {
    this.size = TextSize.of(current);
    this.tree = this.parsed();
  }

  get text(): string {
    return this.current;
  }

  get source(): Source {
    this.lowered ??= this.lower();
    this.whole?.claim();
    return this.lowered;
  }

  tried(text: string): (() => Source) | undefined {
    return attempt(() => this.tryOut(text));
  }

  private tryOut(text: string): (() => Source) | undefined {
    void this.source;
    if (this.whole === undefined || this.tree === undefined) return undefined;
    const change = changeBetween(this.current, text);
    if (this.size.after(change, text).isTooLarge) return undefined;
    const edited = this.tree.copy();
    edited.edit(editOf(this.current, text, change));
    const tree = this.parser.parse(text, edited);
    edited.delete();
    const joined = joinChanges(this.change, change);
    const tried = tree.rootNode.hasError ? undefined : this.whole.changed(joined, text, rereadNix(tree));
    tree.delete();
    if (tried === undefined) return undefined;
    return () => {
      tried.claim();
      return tried.source;
    };
  }

  edit(changes: readonly TextChange[]): void {
    for (const { start, end, text } of changes) {
      const before = this.current;
      this.current = before.slice(0, start) + text + before.slice(end);
      const newEnd = start + text.length;
      const change = { start, oldEnd: end, newEnd };
      this.tree?.edit(editOf(before, this.current, change));
      this.change = joinChanges(this.change, change);
      this.size = this.size.after(change, this.current);
    }
    this.stale = true;
    this.lowered = undefined;
  }

  /** Undefined for a text that is not parsed: a shorter one is then parsed each time. */
  private parsed(): Tree | undefined {
    return this.size.isTooLarge ? undefined : attempt(() => this.parser.parse(this.current));
  }

  /** Frees the tree. The document can still be read, only more slowly. */
  dispose(): void {
    this.tree?.delete();
    this.tree = undefined;
  }

  private lower(): Source {
    const { parser, path, current } = this;
    if (this.stale && this.size.isTooLarge) this.dispose();
    const { tree } = this;
    const read = tree && attempt(() => this.lowerOwn(tree));
    if (read !== undefined) return read;
    this.dispose();
    return parseNix(parser, path, current);
  }

  private lowerOwn(known: Tree): Source {
    const { parser, path, current } = this;
    let tree = known;
    if (this.stale) tree = this.tree = replace(tree, parser.parse(current, tree));
    this.stale = false;
    // How the parser recovers from an error depends on what it has kept. The same text shall always mean the
    // same, whatever was typed before.
    if (tree.rootNode.hasError) {
      tree = this.tree = replace(tree, parser.parse(current));
      return lowerTree(parser, tree, path, current);
    }
    this.whole?.claim();
    const next = this.change && this.whole?.changed(this.change, current, rereadNix(tree));
    next?.settle();
    const source = next?.source ?? lowerTree(parser, tree, path, current);
    if (source.problems.length === 0) {
      this.whole = next ?? WholeFile.of(source);
      this.change = undefined;
    }
    return source;
  }
}

/** Undefined where the parser came to its end. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof ParserEnded) return undefined;
    throw thrown;
  }
}

function replace(old: Tree, tree: Tree): Tree {
  old.delete();
  return tree;
}

/** The change as the parser is told of it. */
function editOf(before: string, after: string, { start, oldEnd, newEnd }: Change): Edit {
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: point(before, start),
    oldEndPosition: point(before, oldEnd),
    newEndPosition: point(after, newEnd),
  });
}

/** Where an offset is in a text, as the parser counts: columns are UTF-16 code units. */
function point(text: string, offset: number): { row: number; column: number } {
  let row = 0;
  let start = 0;
  for (let next = text.indexOf("\n"); next >= 0 && next < offset; next = text.indexOf("\n", start)) {
    row++;
    start = next + 1;
  }
  return { row, column: offset - start };
}
