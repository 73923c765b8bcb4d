/**
 * The git repository a folder lies in. A flake in it consists of the files git tracks, and of nothing else.
 *
 *   findRepository(files, "/work/infra/clan")   ->   { root: "/work/infra", tracks("/work/infra/flake.nix"): true }
 */
import { once } from "../modules/lazy-type.ts";
import { normalizePath, parentPath, resolvePath } from "../nix/path.ts";
import type { FileSystem } from "./file-system.ts";
import { parseGitIndex } from "./git-index.ts";

export interface Repository {
  /** The folder of its working tree. */
  readonly root: string;
  /** Absolute path of its index, which need not be there. */
  readonly indexFile: string;
  /**
   * Whether git tracks the file, or something it lies in that has an entry of its own: a submodule, or a
   * linked folder. Undefined where the index cannot be read.
   */
  tracks(path: string): boolean | undefined;
  /** Whether git tracks it, or something below it. */
  holds(path: string): boolean;
  /** What git ignores in all folders, in the form of a .gitignore; the first is overruled by the others. */
  readonly excludes: readonly string[];
}

type Files = Pick<FileSystem, "fileType" | "readFile" | "readBytes" | "excludesFile">;

/** The nearest one; undefined if there is none. Looks above the workspace, too, but only at git's own files. */
export function findRepository(files: Files, folder: string): Repository | undefined {
  for (let root = normalizePath(folder); ; root = parentPath(root)) {
    const directory = gitDirectory(files, root);
    if (directory !== undefined) return readRepository(files, root, directory);
    if (root === "/") return undefined;
  }
}

/** In a worktree or a submodule, `.git` is a file that says where the folder is. */
function gitDirectory(files: Pick<FileSystem, "fileType" | "readFile">, root: string): string | undefined {
  const entry = resolvePath(root, ".git");
  const type = files.fileType(entry);
  if (type === "directory") return entry;
  if (type !== "regular") return undefined;
  const start = "gitdir: ";
  const line = (files.readFile(entry) ?? "").split("\n").find((one) => one.startsWith(start));
  const target = line?.slice(start.length).trim();
  return target === undefined || target === "" ? undefined : resolvePath(root, target);
}

function readRepository(files: Files, root: string, directory: string): Repository {
  const indexFile = resolvePath(directory, "index");
  const bytes = files.readBytes(indexFile);
  // Before anything is added there is no index.
  const isNew = bytes === undefined && files.fileType(resolvePath(directory, "HEAD")) !== undefined;
  const paths = isNew ? new Set<string>() : bytes && parseGitIndex(bytes);
  const start = root === "/" ? 1 : root.length + 1;
  const folders = once(() => foldersOf(paths ?? []));
  return {
    root,
    indexFile,
    excludes: readExcludes(files, directory),
    holds(path) {
      return this.tracks(path) !== false || folders().has(path.slice(start));
    },
    tracks: (path) => {
      if (paths === undefined) return undefined;
      if (paths.has(path.slice(start))) return true;
      for (let end = path.lastIndexOf("/"); end > start; end = path.lastIndexOf("/", end - 1))
        if (paths.has(path.slice(start, end))) return true;
      return false;
    },
  };
}

/** All that lie above one of the paths. */
function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths)
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  return folders;
}

/** A worktree shares those of its repository. */
function readExcludes(files: Files, directory: string): string[] {
  const common = files.readFile(resolvePath(directory, "commondir"))?.trim();
  const shared = common === undefined ? directory : resolvePath(directory, common);
  const places = [files.excludesFile, resolvePath(shared, "info/exclude")];
  return places.flatMap((place) => (place === undefined ? undefined : files.readFile(place)) ?? []);
}
