/**
 * A file the clan needs is not in git's index: a flake in a git repository consists of tracked files only.
 *
 *   imports = [ ./new.nix ];   after creating new.nix   ->   warning at `./new.nix`
 *   machines/b/configuration.nix, created but not added  ->   warning at `b` in `inventory.machines`
 */
import type { Clan } from "../clan/model.ts";
import { collectNeededFiles, findNamingPath, type NeededFile } from "../clan/needed-files.ts";
import { relativePath, resolvePath } from "../nix/path.ts";
import type { Repository } from "../project/repository.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Fix } from "./finding.ts";
import { adviseIgnored } from "./parts/ignored.ts";
import { type Place, place } from "./parts/place.ts";
import type { Problem, Rule } from "./rule.ts";

/** So many files are named in one message. */
const named = 3;

export const untrackedFile: Rule = {
  code: "untracked-file",
  severity: "warning",
  summary: "A file the clan needs is not in git's index, so the flake does not see it.",
  *checkClan(clan: Clan, snapshot: Snapshot): Iterable<Problem> {
    const flake = resolvePath(clan.root, "flake.nix");
    const repository = snapshot.repository(clan.root);
    if (repository === undefined || snapshot.fileType(flake) !== "regular") return;
    const isFlakeTracked = repository.tracks(flake);
    if (isFlakeTracked === true) yield* checkFiles(clan, snapshot, repository);
    // Below the root of a repository that does not know it, it is a flake by its path (`path:…`).
    if (isFlakeTracked === false && repository.root === clan.root) {
      const message = "`flake.nix` is not in git's index, so Nix finds no flake here.";
      yield { ...firstLine(snapshot, flake), message, fixes: [trackFix([flake], clan.root)] };
    }
  },
};

/** One problem a place: a new machine's files are all reported at its name. */
function* checkFiles(clan: Clan, snapshot: Snapshot, repository: Repository): Iterable<Problem> {
  const byPlace = new Map<
    string,
    { readonly at: Place; readonly isIgnored: boolean; readonly paths: string[] }
  >();
  for (const file of collectNeededFiles(snapshot, clan, repository.root)) {
    if (repository.tracks(file.path) !== false) continue;
    const at = findPlace(snapshot, file);
    if (at === undefined) continue;
    const isIgnored = snapshot.isHiddenFrom(file.path, clan.root);
    const key = `${at.path}\n${at.start}\n${isIgnored}`;
    const group = byPlace.get(key) ?? { at, isIgnored, paths: [] };
    group.paths.push(file.path);
    byPlace.set(key, group);
  }
  for (const { at, isIgnored, paths } of byPlace.values()) {
    if (isIgnored) yield { ...at, message: describeIgnored(paths, clan.root) };
    else yield { ...at, message: describe(paths, clan.root), fixes: [trackFix(paths, clan.root)] };
  }
}

/** Where it is named; else at its machine; else, where nothing names it, in itself. */
function findPlace(snapshot: Snapshot, file: NeededFile): Place | undefined {
  const naming = findNamingPath(snapshot, file);
  if (naming !== undefined) return place(naming);
  if (!file.isRead) return undefined;
  const origin = file.machine?.origins[0];
  return origin === undefined ? firstLine(snapshot, file.path) : place(origin);
}

function firstLine(snapshot: Snapshot, path: string): Place {
  const end = snapshot.readFile(path)?.search(/\r?\n|$/) ?? 0;
  return { path, start: 0, end };
}

function describe(paths: readonly string[], root: string): string {
  const [list, are, them] = listed(paths, root);
  return `${list} ${are} not in git's index, so the flake does not see ${them}.`;
}

function describeIgnored(paths: readonly string[], root: string): string {
  const [list, are, them] = listed(paths, root);
  return `${list} ${are} ignored by git, ${adviseIgnored(them)}`;
}

/** "`a` and `b`", "are", "them" */
function listed(paths: readonly string[], root: string): readonly [string, string, "it" | "them"] {
  const names = paths.map((path) => `\`${relativePath(path, root)}\``);
  const more = names.length - named;
  const shown = more > 0 ? [...names.slice(0, named), `${more} more`] : names;
  const list = [shown.slice(0, -1).join(", "), ...shown.slice(-1)].filter((part) => part !== "");
  return names.length === 1 ? [list.join(" and "), "is", "it"] : [list.join(" and "), "are", "them"];
}

function trackFix(paths: readonly string[], root: string): Fix {
  const [first = "", ...others] = paths.map((path) => relativePath(path, root));
  const title = others.length === 0 ? first : `${first} …`;
  return { title: `Run \`git add -N ${title}\``, edits: [], track: paths, preferred: true };
}
