/**
 * White space around a place in a text, without a look at all that stands before it.
 *
 *   blanksBefore("{ a;  b; }", 6)   ->   2
 */
export function blanksBefore(text: string, offset: number): number {
  const before = text.slice(0, offset);
  return before.length - before.trimEnd().length;
}
