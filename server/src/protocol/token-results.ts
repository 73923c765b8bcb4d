/**
 * The semantic tokens a client was given last, so that the next time it gets only what is different.
 *
 *   give(uri, [ … ])   ->   { resultId: "7", data: [ … ] }
 *   change(uri, "7", [ … ])   ->   { resultId: "8", edits: [ … ] }
 */
import type { SemanticTokens, SemanticTokensDelta, SemanticTokensEdit } from "vscode-languageserver";

type Result = SemanticTokens & { readonly resultId: string };

export class TokenResults {
  private readonly given = new Map<string, Result>();
  private count = 0;

  /** `data` are tokens as the protocol encodes them. */
  give(uri: string, data: number[]): Result {
    const result = { resultId: String(++this.count), data };
    this.given.set(uri, result);
    return result;
  }

  /** All tokens, where `previous` is not what the client was given last. */
  change(uri: string, previous: string, data: number[]): SemanticTokens | SemanticTokensDelta {
    const before = this.given.get(uri);
    const result = this.give(uri, data);
    if (before === undefined || before.resultId !== previous) return result;
    return { resultId: result.resultId, edits: editsBetween(before.data, data) };
  }

  forget(uri: string): void {
    this.given.delete(uri);
  }
}

/** One edit from the first number that differs to the last; none where all are the same. */
function editsBetween(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  const data = after.slice(start, after.length - same);
  return [{ start, deleteCount: before.length - same - start, data }];
}
