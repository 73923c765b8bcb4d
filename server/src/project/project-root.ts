/**
 * The project a document or a folder belongs to: the nearest folder above it with a flake.
 *
 *   /work/mono/lab/machines/web/configuration.nix   ->   /work/mono/lab
 */
import { isWithin, parentPath, resolvePath } from "../nix/path.ts";
import type { FileSystem } from "./file-system.ts";

/**
 * Undefined where the workspace folder itself is all there is. A document in no workspace folder belongs to
 * the nearest flake, or to the folder it lies in.
 */
export function findProjectRoot(
  files: FileSystem,
  path: string,
  folders: readonly string[],
): string | undefined {
  const within = folders.find((folder) => isWithin(path, folder));
  for (let folder = parentPath(path); folder !== within; folder = parentPath(folder)) {
    if (folder === "/") break;
    if (hasFlake(files, folder)) return folder;
  }
  const own = parentPath(path);
  // Everything there is lies below `/`: that is nobody's project.
  return within === undefined && own !== "/" ? own : undefined;
}

/**
 * The folder above `folder` whose flake Nix would take there: it looks upwards as far as the root of a git repository,
 * and not at `/` itself (`parsePathFlakeRefWithFragment` in src/libflake/flakeref.cc of Nix). Undefined without one,
 * and where `folder` has its own.
 */
export function findFlakeAbove(files: Pick<FileSystem, "fileType">, folder: string): string | undefined {
  for (let at = folder; at !== "/"; at = parentPath(at)) {
    if (hasFlake(files, at)) return at === folder ? undefined : at;
    if (files.fileType(resolvePath(at, ".git")) !== undefined) return undefined;
  }
  return undefined;
}

function hasFlake(files: Pick<FileSystem, "fileType">, folder: string): boolean {
  return files.fileType(resolvePath(folder, "flake.nix")) !== undefined;
}
