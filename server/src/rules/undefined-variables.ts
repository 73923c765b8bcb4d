/**
 * Variables that nothing binds: Nix refuses a file that has one when it reads it, whether it is used or not.
 *
 *   { ... }: { description = lib.toUpper "x"; }   ->   at `lib`, with a fix that asks for it: { lib, ... }:
 */
import type { Clan } from "../clan/model.ts";
import type { Unbound } from "../nix/unbound.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Expr, Source } from "../syntax/ast.ts";
import { useFix, whole } from "./place.ts";
import type { Problem } from "./rule.ts";
import { findSuggestion } from "./suggest.ts";

/** The first use of each. */
export function* checkVariables(source: Source, clan: Clan, snapshot: Snapshot): Iterable<Problem> {
  const seen = new Set<string>();
  for (const unbound of unboundIn(source, clan)) {
    if (seen.has(unbound.name)) continue;
    if (seen.size === 0 && usesScopedImport(clan, snapshot)) return;
    seen.add(unbound.name);
    yield report(source, unbound);
  }
}

function unboundIn(source: Source, clan: Clan): Iterable<Unbound> {
  return source.language === "nix" && source.problems.length === 0 ? clan.unboundIn(source) : [];
}

/** A file that is imported with it sees names of which its text does not tell. */
function usesScopedImport({ files }: Clan, snapshot: Snapshot): boolean {
  return [...files].some(
    (path) => path.endsWith(".nix") && snapshot.readFile(path)?.includes("scopedImport") === true,
  );
}

function report(source: Source, { name, node, visible }: Unbound): Problem {
  const suggestion = findSuggestion(name, visible());
  const meant = suggestion === undefined ? "" : ` Did you mean \`${suggestion}\`?`;
  const message = `Nix cannot evaluate this: undefined variable '${name}'.${meant}`;
  const fixes = suggestion === undefined ? argumentFix(source.root, name) : useFix(node, suggestion);
  return { ...whole(node), message, ...fixes };
}

/** What modules are called with, and so may be asked for: `{ lib, ... }:`. */
const MODULE_ARGUMENTS = ["config", "inputs", "lib", "options", "pkgs", "self"];

/** `{ ... }: lib.id 1`   ->   `{ lib, ... }: lib.id 1` */
function argumentFix(root: Expr, name: string): Pick<Problem, "fixes"> {
  if (root.kind !== "lambda" || !MODULE_ARGUMENTS.includes(name)) return {};
  const { formals, ellipsis, start, source } = root.param;
  if (formals === undefined || !ellipsis) return {};
  const inside = source.text.indexOf("{", start) + 1;
  const edit = { path: source.path, start: inside, end: inside, text: ` ${name},` };
  return { fixes: [{ title: `Add the argument \`${name}\``, edits: [edit], preferred: true }] };
}
