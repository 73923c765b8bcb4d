/** Edits of texts, made: in one text, and in a state of the workspace. */
import type { Snapshot } from "../../project/snapshot.ts";
import type { TextEdit } from "../../rules/finding.ts";

/** `edits` sorted by place; an insertion comes before what is replaced at the same place. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, text: written } of edits) {
    result += text.slice(at, start) + written;
    at = end;
  }
  return result + text.slice(at);
}

export function withEdits(snapshot: Snapshot, edits: readonly TextEdit[]): Snapshot {
  const byPath = new Map<string, TextEdit[]>();
  for (const edit of edits) byPath.set(edit.path, [...(byPath.get(edit.path) ?? []), edit]);
  return [...byPath].reduce(
    (state, [path, changes]) => state.with(path, applyEdits(snapshot.readFile(path) ?? "", changes)),
    snapshot,
  );
}
