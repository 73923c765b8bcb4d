/**
 * What an edit did to a text.
 *
 *   changeBetween("{ a = 1; }", "{ a = 10; }")   ->   { start: 7, oldEnd: 7, newEnd: 8 }
 */

/** [start, oldEnd) of the text before has become [start, newEnd) of the text after. UTF-16 units. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** One change in place of two, of which the second was made in the text after the first. */
export function joinChanges(first: Change | undefined, { start, oldEnd, newEnd }: Change): Change {
  if (first === undefined) return { start, oldEnd, newEnd };
  const end = Math.max(first.newEnd, oldEnd);
  return {
    start: Math.min(first.start, start),
    oldEnd: first.oldEnd + end - first.newEnd,
    newEnd: newEnd + end - oldEnd,
  };
}

/** The change from one text to another, as far as it can be told. */
export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  const start = longest(
    shorter,
    (length, more) => before.slice(length, length + more) === after.slice(length, length + more),
  );
  const same = longest(
    shorter - start,
    (length, more) =>
      before.slice(before.length - length - more, before.length - length) ===
      after.slice(after.length - length - more, after.length - length),
  );
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}

/** How far the texts are the same, up to `most`: large pieces are compared first, each at once. */
function longest(most: number, isSame: (length: number, more: number) => boolean): number {
  let length = 0;
  for (let piece = 1 << Math.ceil(Math.log2(most + 1)); piece >= 1; piece >>= 1)
    if (length + piece <= most && isSame(length, piece)) length += piece;
  return length;
}
