/**
 * A failure as Nix prints it: the message, the place, and the lines around it with a caret.
 *
 *   error: undefined variable 'y'
 *
 *          at /flake/clan.nix:2:7:
 *
 *               1| {
 *               2|   a = y;
 *                |       ^
 *               3| }
 */
import { positionText } from "../nix/position.ts";
import type { Failure } from "../nix/value.ts";
import type { Node } from "../syntax/ast.ts";
import { LineIndex } from "../syntax/line-index.ts";

/** Under the text that follows "error: ". */
const INDENT = " ".repeat(7);

export function describeFailure({ message, origins, meant }: Failure): string {
  const [node] = origins ?? [];
  const place = node ? `\n${INDENT}at ${positionText(node)}:\n\n${excerpt(node)}` : "";
  const hint = meant ? `${INDENT}Did you mean ${anyOf(meant)}?\n` : "";
  return `error: ${message.replaceAll("\n", `\n${INDENT}`)}\n${place}${hint}`;
}

/** `one of a, b or c` */
function anyOf(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `one of ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** The line `node` starts in, with the one before and the one after. */
function excerpt(node: Node): string {
  const lines = new LineIndex(node.source.text);
  const { line, column } = lines.position(node.start);
  const text = lines.lineText(line);
  // Tabs stay, so that the caret stands below its character however wide they are.
  const indent = [...text.slice(0, column)].map((char) => (char === "\t" ? char : " ")).join("");
  const numbered = (index: number): string => `${String(index + 1).padStart(13)}| ${lines.lineText(index)}`;
  return [
    ...(line > 0 ? [numbered(line - 1)] : []),
    numbered(line),
    `${"".padStart(13)}| ${indent}^`,
    // The end of the last line is not the start of another.
    ...(lines.lineStart(line + 1) < node.source.text.length ? [numbered(line + 1)] : []),
    "",
  ].join("\n");
}
