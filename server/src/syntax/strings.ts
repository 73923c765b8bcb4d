/**
 * String bodies as Nix reads them: escapes resolved, and for `''` the common indentation removed.
 *
 *   ''
 *     a
 *       ${b}
 *   ''            ->   "a\n  ", ${b}, "\n"
 *
 * Copied in behaviour from Nix's lexer.l and `stripIndentation` (parser-state.hh).
 */
import type { Source, StringPart, StringText } from "./ast.ts";

/** Parts of a `"…"` string with their raw text -> cooked. */
export function cookString(parts: readonly StringPart[]): StringPart[] {
  return join(
    parts.map((part) => {
      if (part.kind !== "text") return part;
      const text = part.text.startsWith("\\") ? resolveEscape(part.text.slice(1)) : newlines(part.text);
      return { ...part, text };
    }),
  );
}

/** Neighbouring texts as one; none that is empty. */
function join(parts: readonly StringPart[]): StringPart[] {
  const joined: StringPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === "text" && last?.kind === "text")
      joined[joined.length - 1] = { ...last, end: part.end, text: last.text + part.text };
    else if (part.kind !== "text" || part.text !== "") joined.push(part);
  }
  return joined;
}

/** What follows a backslash: a letter with a meaning, or the character itself. Nothing before `$`. */
function resolveEscape(rest: string): string {
  if (rest === "n") return "\n";
  if (rest === "r") return "\r";
  if (rest === "t") return "\t";
  return newlines(rest);
}

/** Nix reads CR and CR LF in ordinary strings as LF. */
function newlines(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** A piece of an indented string: only `plain` text takes part in finding the indentation. */
interface Piece {
  readonly part: StringPart;
  readonly text: string;
  readonly plain: boolean;
}

/** Parts of a `''…''` string with their raw text -> cooked, without the common indentation. */
export function stripIndentation(parts: readonly StringPart[], source: Source): StringPart[] {
  const pieces = parts.map((part, index) => piece(part, index === 0, source));
  const indentation = commonIndentation(pieces);
  const stripped: StringPart[] = [];
  let startOfLine = true;
  let dropped = 0;
  for (const [index, { part, text }] of pieces.entries()) {
    if (part.kind !== "text") {
      startOfLine = false;
      dropped = 0;
      stripped.push(part);
      continue;
    }
    let kept = "";
    for (const char of text) {
      if (!startOfLine) {
        kept += char;
        startOfLine = char === "\n";
      } else if (char === " ") {
        if (dropped++ >= indentation) kept += char;
      } else {
        dropped = 0;
        kept += char;
        startOfLine = char === "\n";
      }
    }
    // The spaces before the closing quotes do not count as a line.
    if (index === pieces.length - 1) kept = kept.replace(/\n *$/, "\n");
    stripped.push({ ...part, text: kept } satisfies StringText);
  }
  return join(stripped);
}

function piece(part: StringPart, first: boolean, source: Source): Piece {
  if (part.kind !== "text") return { part, text: "", plain: false };
  const raw = part.text;
  if (raw === "'''") return { part, text: "''", plain: false };
  if (raw.startsWith("''\\")) return { part, text: resolveEscape(raw.slice(3)), plain: false };
  if (raw === "''") return { part, text: "", plain: false };
  // Spaces and the line break right after the opening quotes are not part of the string.
  const opening = first && source.text.startsWith("''", part.start - 2);
  return { part, text: opening ? raw.replace(/^ *\n/, "") : raw, plain: true };
}

/** The fewest spaces a line with something on it begins with. Whitespace-only lines do not count. */
function commonIndentation(pieces: readonly Piece[]): number {
  let fewest = Number.POSITIVE_INFINITY;
  let startOfLine = true;
  let current = 0;
  const lineHasContent = () => {
    startOfLine = false;
    fewest = Math.min(fewest, current);
  };
  for (const { text, plain } of pieces) {
    if (!plain) {
      if (startOfLine) lineHasContent();
      continue;
    }
    for (const char of text) {
      if (char === "\n") {
        startOfLine = true;
        current = 0;
      } else if (startOfLine) {
        if (char === " ") current++;
        else lineHasContent();
      }
    }
  }
  return fewest;
}
