/**
 * Paths that go on behind a value completion has just written: the person accepts `peer` and types a dot. No set begins
 * with a dot, so that is what is meant wherever one does.
 *
 *   roles.peer = { .ta▮ };               is meant as    roles.peer.ta▮
 *   roles.peer = { .tags = [ "x" ];▮ };  is meant as    roles.peer.tags = [ "x" ];▮
 */
import type { Range } from "./query.ts";

export interface GoneOn {
  /** What stands between the name and the dot: ` = { `. */
  readonly opened: Range;
  /** What the set ends with: ` };`. */
  readonly closed: Range;
}

/** How far before the cursor a set may begin. */
const MOST = 2000;

/** Those around the cursor, outermost first; of sets that have nothing else. In a list, a path may begin with a dot. */
export function findPathsGoneOn(text: string, offset: number): GoneOn[] {
  const from = Math.max(0, offset - MOST);
  return [...text.slice(from, offset).matchAll(/(?<=[\w'"-]) = \{ *(?=\.)/g)].flatMap((found) => {
    const start = from + found.index;
    const dot = start + found[0].length;
    const end = endOfBinding(text, dot);
    const rest = end === undefined ? null : /^\s*\};?/.exec(text.slice(end));
    if (end === undefined || rest === null || end < offset) return [];
    return { opened: { start, end: dot }, closed: { start: end, end: end + rest[0].length } };
  });
}

/** Where the first binding of a set ends, with its `;`, or without one what is there of it. */
function endOfBinding(text: string, start: number): number | undefined {
  const token = /"(?:[^"\\]|\\[\s\S])*"|''(?:(?!'')[\s\S])*''|#[^\n]*|\/\*[\s\S]*?\*\/|[{}();[\]]/g;
  token.lastIndex = start;
  let depth = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [what] = found;
    if ("{[(".includes(what)) depth++;
    else if ("}])".includes(what) && depth-- === 0) return text.slice(0, found.index).trimEnd().length;
    else if (what === ";" && depth === 0) return found.index + 1;
  }
  return undefined;
}
