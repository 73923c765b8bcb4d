/** Attribute names as text: quoted only where Nix needs it. */

const keywords = new Set(["if", "then", "else", "assert", "with", "let", "in", "rec", "inherit", "or"]);

/** Whether a name must be quoted in an attribute path: `a b`, `1x`, `in`. */
function needsQuotes(name: string): boolean {
  return !/^[a-zA-Z_][a-zA-Z0-9_'-]*$/.test(name) || keywords.has(name);
}

/** `web` -> `web`, `a b` -> `"a b"` */
export function printAttrName(name: string): string {
  return needsQuotes(name) ? printString(name) : name;
}

/** The string as a Nix literal on one line. */
export function printString(value: string): string {
  const escaped = value
    .replace(/["\\]|\$(?=\{)/g, "\\$&")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t");
  return `"${escaped}"`;
}
