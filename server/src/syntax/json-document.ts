/**
 * A JSON file open in an editor. As of a Nix file, what an edit did not touch keeps its nodes, and so what is known of
 * each of the thousand machines around the one that is edited.
 *
 *   { "a": { "x": 1 }, "b": 2 }   ->   { "a": { "x": 10 }, "b": 2 }      new: the binding of `x`, and the nodes it lies in
 */
import type { Source } from "./ast.ts";
import { type Change, changeBetween, joinChanges } from "./change.ts";
import type { OpenFile, TextChange } from "./document.ts";
import { parseJson, rereadJson } from "./json.ts";
import { WholeFile } from "./relower.ts";
import { TextSize } from "./too-large.ts";

export class JsonDocument implements OpenFile {
  private read: Source | undefined;
  /** The last version without a problem, and what has changed since. */
  private whole: WholeFile | undefined;
  private change: Change | undefined;
  private size: TextSize;

  constructor(
    private readonly path: string,
    private current: string,
  ) {
    this.size = TextSize.of(current);
  }

  get text(): string {
    return this.current;
  }

  get source(): Source {
    this.read ??= this.parse();
    this.whole?.claim();
    return this.read;
  }

  tried(text: string): (() => Source) | undefined {
    void this.source;
    const change = changeBetween(this.current, text);
    if (this.size.after(change, text).isTooLarge) return undefined;
    const tried = this.whole?.changed(joinChanges(this.change, change), text, rereadJson);
    if (tried === undefined) return undefined;
    return () => {
      tried.claim();
      return tried.source;
    };
  }

  edit(changes: readonly TextChange[]): void {
    for (const { start, end, text } of changes) {
      this.current = this.current.slice(0, start) + text + this.current.slice(end);
      const change = { start, oldEnd: end, newEnd: start + text.length };
      this.change = joinChanges(this.change, change);
      this.size = this.size.after(change, this.current);
    }
    this.read = undefined;
  }

  /** There is nothing to free. */
  dispose(): void {
    this.whole = undefined;
  }

  private parse(): Source {
    const { path, current } = this;
    this.whole?.claim();
    const next =
      this.change === undefined || this.size.isTooLarge
        ? undefined
        : this.whole?.changed(this.change, current, rereadJson);
    next?.settle();
    const { source, isWhole } = next ? { source: next.source, isWhole: true } : parseJson(path, current);
    if (isWhole) {
      this.whole = next ?? WholeFile.of(source);
      this.change = undefined;
    }
    return source;
  }
}
