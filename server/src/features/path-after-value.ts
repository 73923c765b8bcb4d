/**
 * A path that goes on behind a value completion has just written: the person accepts `peer` and types a dot.
 *
 *   roles.peer = { .ta▮ };    is meant as    roles.peer.ta▮
 */
import type { Range } from "./query.ts";

export interface GoneOn {
  /** What stands between the name and the dot: ` = { `. */
  readonly opened: Range;
  /** What stands behind the cursor: ` };`. */
  readonly closed: Range;
}

/** Only in a set that has nothing else: no name begins with a dot. In a list, a path may. */
export function findPathGoneOn(text: string, offset: number): GoneOn | undefined {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const before = /[\w'"-]( = \{ *)(\.[^=;{}]*(?:=[^=;]*;?)?)$/.exec(line);
  const after = /^ *\};?/.exec(text.slice(offset, offset + 10));
  if (before === null || after === null) return undefined;
  const [, opened = "", goesOn = ""] = before;
  const dot = offset - goesOn.length;
  return {
    opened: { start: dot - opened.length, end: dot },
    closed: { start: offset, end: offset + after[0].length },
  };
}
