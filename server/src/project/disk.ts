/**
 * What was read from disk. An entry is read once; a change makes a new `Disk` without what it touches.
 */
import type { FileType } from "../nix/host.ts";
import { isWithin, parentPath, resolvePath } from "../nix/path.ts";
import { holdsSecret } from "../nix/unreadable.ts";
import type { FileSystem } from "./file-system.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import { findRepository, type Repository } from "./repository.ts";

export class Disk {
  private readonly texts = new Map<string, string | undefined>();
  private readonly types = new Map<string, FileType | undefined>();
  private readonly directories = new Map<string, ReadonlyMap<string, FileType> | undefined>();
  private readonly links = new Map<string, string | undefined>();
  private readonly executables = new Map<string, boolean | undefined>();
  /** By the folder that was asked for. */
  private readonly repositories = new Map<string, Repository | undefined>();
  private readonly ignoreRules = new Map<Repository, IgnoreRules>();

  constructor(private readonly files: FileSystem) {}

  /** Nothing of a secret, as of what cannot be read. */
  readFile(path: string): string | undefined {
    return holdsSecret(path) ? undefined : remember(this.texts, path, () => this.files.readFile(path));
  }

  readDir(path: string): ReadonlyMap<string, FileType> | undefined {
    return remember(this.directories, path, () => this.files.readDir(path));
  }

  fileType(path: string): FileType | undefined {
    return remember(this.types, path, () => this.files.fileType(path));
  }

  readLink(path: string): string | undefined {
    return remember(this.links, path, () => this.files.readLink(path));
  }

  isExecutable(path: string): boolean | undefined {
    return remember(this.executables, path, () => this.files.isExecutable(path));
  }

  /** The git repository a folder lies in, wherever its root is. */
  repository(folder: string): Repository | undefined {
    return remember(this.repositories, folder, () => findRepository(this.files, folder));
  }

  isHiddenFrom(path: string, flake: string): boolean {
    const repository = this.repository(flake);
    if (repository === undefined || path === repository.root || !isWithin(path, repository.root))
      return false;
    // One that git does not know is a flake by its path; and what is forgotten is not what is ignored.
    if (repository.tracks(resolvePath(flake, "flake.nix")) !== true || repository.holds(path)) return false;
    let rules = this.ignoreRules.get(repository);
    if (rules === undefined) {
      rules = new IgnoreRules(this, repository.root, repository.excludes);
      this.ignoreRules.set(repository, rules);
    }
    return rules.ignores(path);
  }

  /** Those of the paths on which something hangs that was read, and if it was that there is nothing. */
  concerned(paths: readonly string[]): string[] {
    const known = new Set<string>();
    for (const memory of [this.texts, this.types, this.directories, this.links, this.executables])
      for (const path of memory.keys())
        for (let at = path; !known.has(at) && at !== "/"; at = parentPath(at)) known.add(at);
    return paths.filter((path) => known.has(path) || this.changesListing(path) || isOfGit(path));
  }

  /** Whether a folder that was read has, or lacks, what leads to the path. */
  private changesListing(path: string): boolean {
    if (this.directories.has(parentPath(path))) return true;
    for (let at = path; at !== "/"; at = parentPath(at)) {
      const listed = this.directories.get(parentPath(at));
      const isMissing = this.types.has(at) && this.types.get(at) === undefined;
      if (isMissing || listed?.has(at.slice(at.lastIndexOf("/") + 1)) === false) return true;
    }
    return false;
  }

  without(paths: readonly string[]): Disk {
    const next = new Disk(this.files);
    const gone = (known: string): boolean =>
      paths.some((path) => known === path || known.startsWith(`${path}/`) || path.startsWith(`${known}/`));
    for (const [from, to] of [
      [this.texts, next.texts],
      [this.types, next.types],
      [this.directories, next.directories],
      [this.links, next.links],
      [this.executables, next.executables],
    ] as [Map<string, unknown>, Map<string, unknown>][])
      for (const [path, value] of from) if (!gone(path)) to.set(path, value);
    if (paths.every((path) => !path.split("/").includes(".git")))
      for (const [folder, repository] of this.repositories)
        if (repository === undefined || !paths.includes(repository.indexFile))
          next.repositories.set(folder, repository);
    return next;
  }
}

/** Of git's own files those that say what a flake sees; it writes many others. */
function isOfGit(path: string): boolean {
  return path.split("/").includes(".git") && /\/(\.git|index|HEAD|commondir|info\/exclude)$/.test(path);
}

function remember<T>(memory: Map<string, T>, key: string, read: () => T): T {
  const found = memory.get(key);
  if (found !== undefined || memory.has(key)) return found as T;
  const value = read();
  memory.set(key, value);
  return value;
}
