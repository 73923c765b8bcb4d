/**
 * Selection ranges: from the word at the cursor outwards, a step a piece of syntax.
 *
 *   a.b = [ "x▮y" ];   ->   xy, "xy", the inside of the list, the list, the binding, …
 */
import type { Node, Source } from "../syntax/ast.ts";
import { nodesAt } from "../syntax/navigate.ts";
import type { Range } from "./query.ts";

/** Nobody goes further outwards, and each step is nested in the one before when it is sent. */
const MAX_STEPS = 500;

/** Innermost first; each holds the one before and is longer. Empty where no syntax stands. */
export function collectSelectionRanges(source: Source, offset: number): Range[] {
  const steps = nodesAt(source, offset)
    .toReversed()
    .flatMap((node) => [...insideOf(node, offset), { start: node.start, end: node.end }]);
  const ranges: Range[] = [];
  for (const { start, end } of steps) {
    const last = ranges.at(-1);
    const holdsCursor = start <= offset && offset <= end;
    const isLonger =
      last === undefined || (start <= last.start && last.end <= end && end - start > last.end - last.start);
    if (holdsCursor && isLonger && ranges.length < MAX_STEPS) ranges.push({ start, end });
  }
  return ranges;
}

/** Steps between what is in the node and the node: smallest first. */
function insideOf(node: Node, offset: number): Range[] {
  const { text } = node.source;
  switch (node.kind) {
    case "text":
      return wordAt(node, offset);
    case "string": {
      const quote = node.indented ? 2 : 1;
      return [{ start: node.start + quote, end: node.end - quote }];
    }
    case "attr-name":
      return node.quoted && text[node.start] === '"' ? [{ start: node.start + 1, end: node.end - 1 }] : [];
    case "list":
      return trimmed(text, node.start + 1, node.end - 1);
    case "attrset":
      return trimmed(text, text.indexOf("{", node.start) + 1, node.end - 1);
    case "binding": {
      const [first] = node.path;
      const last = node.path.at(-1);
      return first && last ? [{ start: first.start, end: last.end }] : [];
    }
    case "let":
      return trimmed(text, node.start + "let".length, node.bindings.at(-1)?.end ?? node.start);
    default:
      return [];
  }
}

/** The name or word of a script that the offset touches. */
function wordAt(node: Node, offset: number): Range[] {
  const { text } = node.source;
  const before = /[\w-]*$/.exec(text.slice(node.start, offset))?.[0] ?? "";
  const after = /^[\w-]*/.exec(text.slice(offset, node.end))?.[0] ?? "";
  return before + after === "" ? [] : [{ start: offset - before.length, end: offset + after.length }];
}

/** Without the space at both ends; nothing if that is all there is. */
function trimmed(text: string, start: number, end: number): Range[] {
  const inside = text.slice(start, end);
  if (inside.trim() === "") return [];
  const trimmedEnd = end - (inside.length - inside.trimEnd().length);
  return [{ start: start + (inside.length - inside.trimStart().length), end: trimmedEnd }];
}
