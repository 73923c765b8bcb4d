/**
 * Two states of a clan, with what is looked at for each machine but is the same for all. Each part is made when it is
 * first asked for.
 */
import { once } from "../../modules/lazy-type.ts";
import type { Source } from "../../syntax/ast.ts";
import { changedFiles, type FileChange, withNamedFiles } from "./changed-files.ts";
import { changedInputs } from "./changed-inputs.ts";
import { OwnOutputs, sourcesOf } from "./own-outputs.ts";
import type { ClanState } from "./reason.ts";

export interface Change {
  readonly before: ClanState;
  readonly after: ClanState;
  /** Sorted. */
  readonly files: readonly FileChange[];
  /** Names of inputs that are of another version. */
  readonly inputs: () => readonly string[];
  /** The files that make the clan, but for those of its machines. */
  readonly flakeSources: () => readonly Source[];
  readonly outputs: () => { readonly old: OwnOutputs; readonly now: OwnOutputs };
}

/** `changes`: the files that differ between the two states. */
export function changeBetween(before: ClanState, after: ClanState, changes: Iterable<string>): Change {
  const lock = `${after.clan.root}/flake.lock`;
  const files = changedFiles(before.snapshot, after.snapshot, changes);
  const flakeSources = once(() => sourcesOfClan(after));
  return {
    before,
    after,
    files,
    flakeSources,
    inputs: once(() =>
      files.some(({ path }) => path === lock)
        ? changedInputs(before.snapshot.readFile(lock), after.snapshot.readFile(lock))
        : [],
    ),
    outputs: once(() => ({
      old: new OwnOutputs(before.snapshot, sourcesOfClan(before), () => sourcesOfFlake(before)),
      now: new OwnOutputs(after.snapshot, flakeSources(), () => sourcesOfFlake(after)),
    })),
  };
}

function sourcesOfClan({ clan, snapshot }: ClanState): readonly Source[] {
  return sourcesOf(clan.withoutConfigurations().files, clan.root, snapshot);
}

/** All that flake.nix names, and what these name. */
function sourcesOfFlake({ clan, snapshot }: ClanState): readonly Source[] {
  const named = withNamedFiles([`${clan.root}/flake.nix`], snapshot);
  const files = [...named].map((path) => (snapshot.isDirectory(path) ? `${path}/default.nix` : path));
  return sourcesOf(new Set(files), clan.root, snapshot);
}
