/**
 * Scalars and names as Nix prints them.
 *
 *   quoteString("a\"${b}")  ->  "a\"\${b}"      quoteName("a b")  ->  "a b" in quotes
 */

/** `text` as a string literal. */
export function quoteString(text: string): string {
  const escaped = text.replace(/["\\]|\$(?=\{)|[\n\r\t]/g, (found) => ESCAPES[found] ?? `\\${found}`);
  return `"${escaped}"`;
}

const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const KEYWORDS = new Set(["if", "then", "else", "assert", "with", "let", "in", "rec", "inherit"]);

/** An attribute name, in quotes where it needs them. */
export function quoteName(name: string): string {
  return /^[a-zA-Z_][a-zA-Z0-9_'-]*$/.test(name) && !KEYWORDS.has(name) ? name : quoteString(name);
}
