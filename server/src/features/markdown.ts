/** Code in Markdown: names and Nix text, whatever they hold. */

/** More entries than this are counted, not listed. */
const listed = 20;

export function code(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}

/** Nix text of any length: a block where it does not fit a line. */
export function codeText(text: string): string {
  return text.includes("\n") || text.includes("`") ? `\n\`\`\`nix\n${text}\n\`\`\`` : code(text);
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
