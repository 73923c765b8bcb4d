/**
 * A place the parser could not read; for a file that holds something else than Nix as a whole, its beginning.
 *
 *   tags = [ "server" ;                  ->   error where the list is not closed
 *   {"data": "ENC[…]", "sops": {…}}      ->   one error: the file is encrypted
 */
import type { Source } from "../syntax/ast.ts";
import type { Problem, Rule } from "./rule.ts";

export const syntaxError: Rule = {
  code: "syntax-error",
  severity: "error",
  summary: "The file cannot be parsed at this place.",
  *checkSource({ path, text, problems }: Source): Iterable<Problem> {
    if (problems.length === 0) return;
    const encryption = encryptionOf(text);
    if (encryption === undefined)
      for (const { start, end, message } of problems) yield { path, start, end, message };
    else {
      const message = `The file is encrypted with ${encryption}: Nix cannot read it before it is decrypted.`;
      yield { path, start: 0, end: 1, message };
    }
  },
};

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
