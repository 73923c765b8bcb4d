/**
 * A place the parser could not read.
 *
 *   tags = [ "server" ;   ->   error where the list is not closed
 */
import type { Source } from "../syntax/ast.ts";
import type { Problem, Rule } from "./rule.ts";

export const syntaxError: Rule = {
  code: "syntax-error",
  severity: "error",
  summary: "The file cannot be parsed at this place.",
  *checkSource(source: Source): Iterable<Problem> {
    for (const { start, end, message } of source.problems) yield { path: source.path, start, end, message };
  },
};
