/**
 * A JSON file open in an editor. As of a Nix file, what an edit did not touch keeps its nodes, and so what is known of
 * each of the thousand machines around the one that is edited.
 *
 *   { "a": { "x": 1 }, "b": 2 }   ->   { "a": { "x": 10 }, "b": 2 }      new: the binding of `x`, and the nodes it lies in
 */
import type { Source } from "./ast.ts";
import type { OpenFile, TextChange } from "./document.ts";
import { parseJson, rereadJson } from "./json.ts";
import { type Change, changeBetween, joinChanges, WholeFile } from "./relower.ts";
import { isTooLarge } from "./too-large.ts";

export class JsonDocument implements OpenFile {
  private read: Source | undefined;
  /** The last version without a problem, and what has changed since. */
  private whole: WholeFile | undefined;
  private change: Change | undefined;

  constructor(
    private readonly path: string,
    private current: string,
  ) {}

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
    if (isTooLarge(text)) return undefined;
    const change = joinChanges(this.change, changeBetween(this.current, text));
    const tried = this.whole?.changed(change, text, rereadJson);
    if (tried === undefined) return undefined;
    return () => {
      tried.claim();
      return tried.source;
    };
  }

  edit(changes: readonly TextChange[]): void {
    for (const { start, end, text } of changes) {
      this.current = this.current.slice(0, start) + text + this.current.slice(end);
      this.change = joinChanges(this.change, { start, oldEnd: end, newEnd: start + text.length });
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
      this.change === undefined || isTooLarge(current)
        ? undefined
        : this.whole?.changed(this.change, current, rereadJson);
    next?.settle();
    const { source, isWhole } = next ? { source: next.source, isWhole: true } : parseJson(path, current);
    if (isWhole) {
      this.whole = next ?? new WholeFile(source);
      this.change = undefined;
    }
    return source;
  }
}
