/**
 * The files of a folder as they were in a revision of git, where they differ from those there are.
 *
 *   readRevision("HEAD~3", "/clan", terminal)   ->   { rev: "4dea42a…", files: { "/clan/web.nix": () => "{ }" } }
 */
import { once } from "../modules/lazy-type.ts";
import type { PastFiles } from "../project/past-snapshot.ts";
import { type Terminal, UsageError } from "./terminal.ts";

export interface Revision {
  /** The whole name of the commit. */
  readonly rev: string;
  readonly files: PastFiles;
}

/** Throws UsageError where there is no git, no repository or no such revision. Files git does not track are left out. */
export function readRevision(written: string, folder: string, terminal: Pick<Terminal, "git">): Revision {
  const ask = (...args: string[]): Uint8Array | undefined => terminal.git(folder, args);
  if (ask("rev-parse", "--git-dir") === undefined)
    throw new UsageError(`${folder} is in no git repository, or git is not installed`);
  const commit = ask("rev-parse", "--verify", "--quiet", "--end-of-options", `${written}^{commit}`);
  if (commit === undefined) throw new UsageError(`there is no revision ${written}`);
  const rev = text(commit).trim();
  const files = new Map<string, (() => string | undefined) | undefined>();
  for (const { status, object, file } of changesSince(rev, ask)) {
    const read = (): string | undefined => {
      const found = ask("cat-file", "blob", object);
      return found && text(found);
    };
    files.set(`${folder}/${file}`, status === "A" ? undefined : once(read));
  }
  return { rev, files };
}

interface Change {
  /** `A`dded, `D`eleted, `M`odified, …: what happened since. */
  readonly status: string;
  /** Its name as it was then. */
  readonly object: string;
  /** Relative to the folder. */
  readonly file: string;
}

/** Between the revision and the files on disk that git tracks. */
function changesSince(rev: string, ask: (...args: string[]) => Uint8Array | undefined): Change[] {
  const options = [
    "--no-ext-diff",
    "--no-textconv",
    "--no-renames",
    "--raw",
    "--no-abbrev",
    "-z",
    "--relative",
  ];
  const found = ask("diff", ...options, "--ignore-submodules", rev, "--", ".");
  if (found === undefined) throw new UsageError(`git cannot compare the files with ${rev}`);
  // `:100644 100644 <then> <now> M`, then the path, each ended by a zero.
  const parts = text(found).split("\0");
  const changes: Change[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, , object = "", , status = ""] = (parts[at] ?? "").split(" ");
    changes.push({ status, object, file: parts[at + 1] ?? "" });
  }
  return changes;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
