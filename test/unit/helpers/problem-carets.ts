/**
 * Syntax problems as carets below the line they begin in.
 *
 *   { a = ; }
 *   #   ^ Expected a value after `=`.
 *
 * The line of a problem has to be indented, so that column 0 is free for the `#`.
 */
import type { SyntaxProblem } from "../../../server/src/syntax/ast.ts";
import { LineIndex } from "../../../server/src/syntax/line-index.ts";

const caretLine = /^#\s*\^+ /;

/** The text without its lines of carets. */
export function withoutCarets(annotated: string): string {
  return annotated
    .split("\n")
    .filter((line) => !caretLine.test(line))
    .join("\n");
}

/** The text with its problems drawn in. */
export function withCarets(text: string, problems: readonly SyntaxProblem[]): string {
  const index = new LineIndex(text);
  const lines: string[] = [];
  for (let line = 0; line < index.lineCount; line++) {
    lines.push(index.lineText(line));
    for (const { start, end, message } of problems) {
      const place = index.position(start);
      if (place.line !== line) continue;
      const width = Math.min(end - start, index.lineText(line).length - place.column);
      lines.push(`#${" ".repeat(Math.max(0, place.column - 1))}${"^".repeat(Math.max(1, width))} ${message}`);
    }
  }
  return lines.join("\n");
}
