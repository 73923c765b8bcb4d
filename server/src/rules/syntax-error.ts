/**
 * A place the parser could not read; for a file that holds something else than Nix as a whole, or that was only met in a
 * folder of modules, its beginning.
 *
 *   tags = [ "server" ;                  ->   error where the list is not closed
 *   a byte order mark, then { }          ->   error at it, also where it is on disk only: the editor does not show it
 *   imports = [ ./README.md ]            ->   error in the file, where it is no Nix
 *   {"data": "ENC[…]", "sops": {…}}      ->   one error: the file is encrypted
 *   30,000 open brackets                 ->   information: the file is not read, and why
 */
import type { Clan } from "../clan/model.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Node, Source, SyntaxProblem } from "../syntax/ast.ts";
import { byteOrderMark, byteOrderMarkProblem } from "../syntax/byte-order-mark.ts";
import type { Fix } from "./finding.ts";
import { machineTrees, ownServices } from "./parts/option-walk.ts";
import { place } from "./parts/place.ts";
import type { Problem, Rule } from "./rule.ts";

export const syntaxError: Rule = {
  code: "syntax-error",
  severity: "error",
  summary: "The file cannot be parsed at this place.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const tree of [clan.tree, ...clan.flakeModules, ...machineTrees(clan), ...ownServices(clan)])
      for (const { notNix, origins } of tree.problems)
        if (notNix !== undefined) yield* checkNotNix(notNix, origins);
  },
  *checkSource({ path, text, problems, root }: Source, snapshot: Snapshot): Iterable<Problem> {
    // Too large, or too deep: Nix may well read it.
    if (root.kind === "error" && root.reason !== undefined && problems.length === 0) {
      const message = `Nothing is said about this file: ${root.reason}.`;
      yield { path, start: 0, end: firstLine(text), message, isRemark: true };
    }
    if (isMarkHidden(path, text, snapshot)) yield { path, ...byteOrderMarkProblem };
    if (problems.length === 0) return;
    const encryption = encryptionOf(text);
    if (encryption === undefined)
      for (const problem of shortened(problems)) {
        const { start, end, message } = problem;
        yield { path, start, end, message, fixes: fixesFor(problem, path) };
      }
    else yield encrypted(path, encryption);
  },
};

/** Where the first line ends, or what of it anybody looks at. */
function firstLine(text: string): number {
  const end = text.slice(0, 200).search(/\r?\n/);
  return end > 0 ? end : Math.min(text.length, 200);
}

/** A module of another kind of file, which is imported at `origins`: where Nix stops reading it. */
function* checkNotNix(
  { path, text, language, problems }: Source,
  [node]: readonly Node[],
): Iterable<Problem> {
  const encryption = encryptionOf(text);
  if (encryption !== undefined) {
    yield encrypted(path, encryption);
    return;
  }
  // Nobody took the file for Nix who imports whatever lies in a folder.
  const isMeant = node?.kind === "path" && language !== "json";
  const [{ start, end } = { start: 0, end: 1 }] = isMeant ? problems : [];
  const instead =
    language === "json"
      ? "read data with `lib.importJSON`"
      : isMeant
        ? "import Nix files only"
        : "import only what ends in `.nix`";
  const related = node && [{ ...place(node), message: "It is imported here." }];
  yield { path, start, end, message: `Nix cannot read this file, which is imported: ${instead}.`, related };
}

function encrypted(path: string, tool: string): Problem {
  const message = `The file is encrypted with ${tool}: Nix cannot read it before it is decrypted.`;
  return { path, start: 0, end: 1, message };
}

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
