/**
 * A `"` that is never closed turns all strings behind it inside out. In a file with errors it can be closed
 * where the person will close it: behind the name, or at the end of its line before
 * the brackets that stand there.
 *
 *   a = [ "x ];                a = [ "x"];
 *   b = "y";          ->       b = "y";
 */
import type { SyntaxProblem } from "./ast.ts";
import type { Item } from "./item.ts";

/** Offsets of the first quotes whose strings go on behind the end of their line, at most `limit`. */
export function findOpenQuotes(root: Item, text: string, limit: number): readonly number[] {
  const quotes: number[] = [];
  const pending = [root];
  for (let item = pending.pop(); item !== undefined && quotes.length < limit; item = pending.pop()) {
    if (item.type === "string_expression" && mayBeOpen(item, lineEnd(text, item.start)))
      quotes.push(item.start);
    for (let i = item.children.length - 1; i >= 0; i--) pending.push(item.children[i] as Item);
  }
  return quotes;
}

/** It goes on behind the end of its line, and not only since the braces of a `${ }` in it are on two lines. */
function mayBeOpen({ end, children }: Item, lineEnd: number): boolean {
  if (end <= lineEnd) return false;
  return !children.some(
    (part) => part.type === "interpolation" && !part.damaged && part.start < lineEnd && lineEnd < part.end,
  );
}

/** The text with one character replaced by a closing quote, so that offsets hold. */
export function closeQuote(text: string, quote: number): string {
  const before = text.slice(text.lastIndexOf("\n", quote) + 1, quote);
  const line = text.slice(quote, lineEnd(text, quote));
  // `roles."peer = …` is a name, `tags = [ "a ];` a value.
  const name = /(^|\.)\s*$/.test(before) ? /\s(?=\s*=)/.exec(line) : null;
  const end = name ?? /\s[\])};,\s]*$/.exec(line);
  const at = quote + (end?.index ?? line.length);
  return `${text.slice(0, at)}"${text.slice(at + 1)}`;
}

/** The problems of a text with a quote closed. What else is wrong on its line comes from the quote. */
export function blameQuote(problems: readonly SyntaxProblem[], quote: number, text: string): SyntaxProblem[] {
  const first = text.lastIndexOf("\n", quote - 1) + 1;
  const last = lineEnd(text, quote);
  const others = problems.filter(({ start }) => start < first || start > last);
  return [...others, { start: quote, end: quote + 1, message: 'This `"` is never closed.' }];
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}
