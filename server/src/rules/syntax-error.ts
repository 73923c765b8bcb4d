/**
 * A place the parser could not read; for a file that holds something else than Nix as a whole, its beginning.
 *
 *   tags = [ "server" ;                  ->   error where the list is not closed
 *   a byte order mark, then { }          ->   error at it, also where it is on disk only: the editor does not show it
 *   {"data": "ENC[…]", "sops": {…}}      ->   one error: the file is encrypted
 */
import type { Snapshot } from "../project/snapshot.ts";
import type { Source, SyntaxProblem } from "../syntax/ast.ts";
import { byteOrderMark, byteOrderMarkProblem } from "../syntax/byte-order-mark.ts";
import type { Fix } from "./finding.ts";
import type { Problem, Rule } from "./rule.ts";

export const syntaxError: Rule = {
  code: "syntax-error",
  severity: "error",
  summary: "The file cannot be parsed at this place.",
  *checkSource({ path, text, problems }: Source, snapshot: Snapshot): Iterable<Problem> {
    if (isMarkHidden(path, text, snapshot)) yield { path, ...byteOrderMarkProblem };
    if (problems.length === 0) return;
    const encryption = encryptionOf(text);
    if (encryption === undefined)
      for (const problem of shortened(problems)) {
        const { start, end, message } = problem;
        yield { path, start, end, message, fixes: fixesFor(problem, path) };
      }
    else {
      const message = `The file is encrypted with ${encryption}: Nix cannot read it before it is decrypted.`;
      yield { path, start: 0, end: 1, message };
    }
  },
};

/** Of a file with more mistakes than this, the first are told. */
const MAX_PROBLEMS = 200;

function shortened(problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  const more = problems.length - MAX_PROBLEMS;
  const last = problems[MAX_PROBLEMS];
  if (more <= 0 || last === undefined) return problems;
  const rest = { ...last, message: `${last.message} There are ${more} syntax errors from here on.` };
  return [...problems.slice(0, MAX_PROBLEMS), rest];
}

/** The editor has to save the file without the mark: there is nothing in its text to take out. */
function isMarkHidden(path: string, text: string, snapshot: Snapshot): boolean {
  return path.endsWith(".nix") && !text.startsWith(byteOrderMark) && snapshot.hasByteOrderMark(path);
}

function fixesFor(problem: SyntaxProblem, path: string): Fix[] | undefined {
  if (problem.repair !== undefined) {
    const { title, ...edit } = problem.repair;
    return [{ title, edits: [{ path, ...edit }], preferred: true }];
  }
  if (problem !== byteOrderMarkProblem) return undefined;
  const { start, end } = problem;
  return [{ title: "Remove the byte order mark", edits: [{ path, start, end, text: "" }], preferred: true }];
}

/** What a text begins with that was encrypted as a whole. */
const openings: readonly (readonly [tool: string, opening: RegExp])[] = [
  ["git-crypt", /^\0GITCRYPT\0/],
  ["age", /^(age-encryption\.org\/v1|-----BEGIN AGE ENCRYPTED FILE-----)/],
  ["GPG", /^-----BEGIN PGP MESSAGE-----/],
  // Of a file that is no JSON or YAML, sops makes JSON with all its text in one value.
  ["sops", /^\{\s*"data":\s*"ENC\[/],
];

function encryptionOf(text: string): string | undefined {
  return openings.find(([, opening]) => opening.test(text))?.[0];
}
