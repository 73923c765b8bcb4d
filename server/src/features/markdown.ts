/**
 * Markdown of what a repository says: code (names and Nix text, whatever they hold) and prose (descriptions).
 *
 *   code("a`b")                      ->   `a'b`
 *   prose("see [this](command:x)")   ->   see \\[this](command:x), which is no link
 */

/** More entries than this are counted, not listed. */
const listed = 20;

export function code(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}

/** Nix text of any length: a block where it does not fit a line. */
export function codeText(text: string): string {
  return text.includes("\n") || text.includes("`") ? `\n${codeBlock("nix", text)}` : code(text);
}

/** A block whose fence is longer than any in the text. */
export function codeBlock(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/**
 * Text that somebody wrote as Markdown: emphasis, lists, code and links to web pages stay; other links, images and HTML
 * are shown as they are written.
 */
export function prose(text: string): string;
export function prose(text: string | undefined): string | undefined;
export function prose(text: string | undefined): string | undefined {
  return text?.replace(PROSE, (found, _ticks?: string, webLink?: string) => {
    if (found.startsWith("\\") || webLink !== undefined || isPlainCode(found)) return found;
    return found.replace(/[[<]/g, "\\$&").replace(/^!/, "\\!");
  });
}

/** An escape, code within a line, a link to a web page, or what begins another link, an image or HTML. */
const PROSE =
  /\\[\s\S]|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|(?<!!)(\[[^[\]<>`\\\n]*\]\(https?:\/\/[^\s()<>\\]*\))|!?\[|</g;

/** Within a table, or where its quotes are read otherwise, code might be none. */
function isPlainCode(found: string): boolean {
  return found.startsWith("`") && !found.includes("](") && !found.includes("|");
}

export function codes(names: readonly string[]): string {
  return shorten(names.map(code)).join(", ");
}

export function shorten(lines: readonly string[]): readonly string[] {
  return lines.length <= listed ? lines : [...lines.slice(0, listed), `and ${lines.length - listed} more`];
}

export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}
