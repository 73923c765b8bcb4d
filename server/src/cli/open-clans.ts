/** The clans at a folder, for the commands that look at them. */
import { evaluateClans, findClanFolder } from "../clan/evaluate.ts";
import type { Clan } from "../clan/model.ts";
import { whyUnread } from "../clan/unread-files.ts";
import { findLostOverrides, findUnusedOverrides } from "../clan/unused-overrides.ts";
import { CodeCache } from "../nix/evaluator.ts";
import { relativePath } from "../nix/path.ts";
import { messageOf } from "../nix/thrown.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { Workspace } from "../project/workspace.ts";
import { type Terminal, UsageError } from "./terminal.ts";

export interface OpenedClans {
  /** The folder, absolute with `/`. */
  readonly root: string;
  readonly snapshot: Snapshot;
  /** Empty only where a file that should lead to a clan cannot be read. */
  readonly clans: readonly Clan[];
  /** The clans of another state of the same folder. */
  readonly evaluate: (snapshot: Snapshot) => readonly Clan[];
  /** Those of the files a clan begins in that the folder has. */
  readonly projectFiles: readonly string[];
  /** False where a defect of ours left a folder without its clan; it has been told. */
  readonly isWhole: boolean;
}

/** Files a clan can begin in. */
export const beginnings = ["flake.nix", "clan.nix", "inventory.nix", "inventory.json"];

/**
 * Throws UsageError where there is no clan to look at, and calls `whenNone` before. `folder`, and the sources of flake
 * inputs in `overrides`: as the person wrote them.
 */
export async function openClans(
  folder: string | undefined,
  terminal: Terminal,
  overrides: ReadonlyMap<string, string> = new Map(),
  whenNone?: (folder: Pick<OpenedClans, "root" | "snapshot">) => void,
): Promise<OpenedClans> {
  const named = terminal.toPath(folder ?? ".");
  const shown = folder ?? "this folder";
  if (terminal.fileSystem.readDir(named) === undefined) throw new UsageError(`there is no folder ${shown}`);
  const root = findClanFolder(terminal.fileSystem, named);
  const workspace = new Workspace({
    fileSystem: terminal.fileSystem,
    parser: await terminal.loadParser(),
    roots: [root],
  });
  const snapshot = workspace.snapshot();
  const [lost] = findLostOverrides(terminal.fileSystem, terminal.toPath, overrides);
  if (lost !== undefined) throw new UsageError(lost);
  const given = new Map([...overrides].map(([name, path]) => [name, terminal.toPath(path)]));
  const options = { overrides: given, codes: new CodeCache() };
  const defects: string[] = [];
  const evaluate = (state: Snapshot): readonly Clan[] =>
    evaluateClans(state, options, (at, thrown) => {
      defects.push(`the clan in ${at} could not be read, which is a fault of clan-ls: ${messageOf(thrown)}`);
    });
  const clans = evaluate(snapshot);
  const projectFiles = projectFilesIn(root, snapshot);
  const isBroken = projectFiles.some((path) => (snapshot.source(path)?.problems.length ?? 0) > 0);
  const unread = projectFiles.map((path) => whyUnread(snapshot, path)).find((why) => why !== undefined);
  const others = projectFiles.filter((path) => !path.endsWith("/flake.nix"));
  const none = unread ?? (isBroken ? undefined : whyNoClan(shown, root === named ? undefined : root, others));
  const reason = defects[0] ?? (none === undefined ? undefined : `nothing to check: ${none}`);
  const why = clans.length > 0 ? undefined : reason;
  if (why !== undefined) {
    whenNone?.({ root, snapshot });
    throw new UsageError(why);
  }
  for (const defect of defects) terminal.printError(`clan-ls: ${defect}\n`);
  for (const unused of findUnusedOverrides(clans, given)) terminal.printError(`clan-ls: ${unused}\n`);
  if (root !== named) terminal.printError(`clan-ls: reading the clan in ${root}, above ${shown}\n`);
  return { root, snapshot, clans, evaluate, projectFiles, isWhole: defects.length === 0 };
}

/** The files in a folder that a clan can begin in. */
export function projectFilesIn(root: string, snapshot: Snapshot): readonly string[] {
  return beginnings
    .map((name) => `${root === "/" ? "" : root}/${name}`)
    .filter((path) => snapshot.fileType(path) !== undefined);
}

/** `above`: the folder of the flake, if that lies above; `others`: files there that are called as those of a clan are. */
function whyNoClan(shown: string, above: string | undefined, [other]: readonly string[]): string {
  if (other !== undefined) {
    const name = relativePath(other, above ?? other.slice(0, other.lastIndexOf("/")));
    return `the flake of ${shown} has no input clan-core and makes no clan, so its ${name} is another tool's`;
  }
  if (above === undefined) return `${shown} has no flake.nix with a clan, and no clan.nix`;
  return `neither ${shown} nor ${above}, the flake above, has a clan`;
}

/** The clan of the folder itself, or the only one below. Throws UsageError where that is not clear. */
export function chooseClan({ root, clans }: OpenedClans): Clan {
  const own = clans.find((clan) => clan.root === root) ?? (clans.length === 1 ? clans[0] : undefined);
  if (own !== undefined) return own;
  if (clans.length === 0) throw new UsageError("the clan's files have errors; see clan-ls check");
  const folders = clans.map((clan) => relativePath(clan.root, root)).join(", ");
  throw new UsageError(`there are several clans here, which one? ${folders}`);
}
