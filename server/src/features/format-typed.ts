/**
 * What is set right while a person types, right after the key that shows what is meant.
 *
 *   peer = { .tags =▮ };    ->   peer.tags =▮    the path goes on, though completion wrote a value after the name
 *   let a = 1;⏎  in⏎▮         ->   `in` below its `let`
 *
 * An editor drops such an edit when the next key comes before it. So completion takes part in the first (complete.ts),
 * and there are several keys that do it.
 */
import type { Snapshot } from "../project/snapshot.ts";
import { findPathsGoneOn } from "./path-after-value.ts";

export interface TypedEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** `typed`: the key, whose text is before `offset`. */
export function formatTyped(snapshot: Snapshot, path: string, offset: number, typed: string): TypedEdit[] {
  const source = snapshot.source(path);
  if (source === undefined || source.language !== "nix") return [];
  const edits = goOnWithPath(source.text, offset);
  return edits.length > 0 || typed !== "\n" ? edits : alignIn(source.text, offset);
}

function goOnWithPath(text: string, offset: number): TypedEdit[] {
  const paths = findPathsGoneOn(text, offset);
  return paths
    .flatMap(({ opened, closed }) => [opened, closed])
    .sort((a, b) => a.start - b.start)
    .map((range) => ({ ...range, text: "" }));
}

/** A line with `in` alone, that Enter was pressed on, gets the indentation of the line with its `let`. */
function alignIn(text: string, offset: number): TypedEdit[] {
  const end = text.lastIndexOf("\n", offset - 1);
  const start = text.lastIndexOf("\n", end - 1) + 1;
  const found = /^([ \t]+)in[ \t]*\r?$/.exec(text.slice(start, end));
  const indentation = found?.[1];
  if (end < 0 || indentation === undefined) return [];
  const wanted = indentationOfLet(text.slice(0, start));
  const isLess = wanted !== undefined && wanted.length < indentation.length;
  if (!isLess) return [];
  const edits: TypedEdit[] = [{ start, end: start + indentation.length, text: wanted }];
  // The new line was indented after the old one.
  const next = /^[ \t]*/.exec(text.slice(end + 1))?.[0] ?? "";
  if (next.length > wanted.length + 2 || next.length === indentation.length)
    edits.push({ start: end + 1, end: end + 1 + next.length, text: wanted });
  return edits;
}

/** Of the nearest line before that begins with `let` which no `in` has ended. */
function indentationOfLet(before: string): string | undefined {
  let open = 0;
  for (const line of before.split("\n").reverse()) {
    if (/^\s*in\b/.test(line)) open++;
    const found = /^([ \t]*)(?:.*[\s(:=])?let\s*$/.exec(line);
    if (found !== null && open-- === 0) return found[1];
  }
  return undefined;
}
