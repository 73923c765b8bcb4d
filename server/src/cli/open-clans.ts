/** The clans at a folder, for the commands that look at them. */
import { evaluateClans } from "../clan/evaluate.ts";
import type { Clan } from "../clan/model.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { Workspace } from "../project/workspace.ts";
import { type Terminal, UsageError } from "./terminal.ts";

export interface OpenedClans {
  /** The folder, absolute with `/`. */
  readonly root: string;
  readonly snapshot: Snapshot;
  /** At least one. */
  readonly clans: readonly Clan[];
}

/** Throws UsageError where there is no clan to look at. `folder`: as the person wrote it. */
export async function openClans(folder: string | undefined, terminal: Terminal): Promise<OpenedClans> {
  const root = terminal.toPath(folder ?? ".");
  const shown = folder ?? "this folder";
  if (terminal.fileSystem.readDir(root) === undefined) throw new UsageError(`there is no folder ${shown}`);
  const workspace = new Workspace({
    fileSystem: terminal.fileSystem,
    parser: await terminal.loadParser(),
    roots: [root],
  });
  const snapshot = workspace.snapshot();
  const clans = evaluateClans(snapshot);
  if (clans.length === 0)
    throw new UsageError(`nothing to check: ${shown} has no flake.nix with a clan, and no clan.nix`);
  return { root, snapshot, clans };
}
