/**
 * The character some editors on Windows put before a text to say how it is encoded. They do not show it, and most do
 * not tell a language server of it. Nix's lexer refuses it at the beginning of a file as anywhere else outside of
 * comments and strings.
 *
 *   "\ufeff{ }"   ->   the problem at 0-1
 */
import type { SyntaxProblem } from "./ast.ts";

export const byteOrderMark = "\ufeff";

export const byteOrderMarkProblem: SyntaxProblem = {
  start: 0,
  end: byteOrderMark.length,
  message:
    "The file begins with a byte order mark, which Nix refuses: it must be saved as UTF-8 without one.",
};
