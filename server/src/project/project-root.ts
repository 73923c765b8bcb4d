/**
 * The project a document belongs to: the nearest folder above it with a flake, within its workspace folder.
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
    if (files.fileType(resolvePath(folder, "flake.nix")) !== undefined) return folder;
  }
  const own = parentPath(path);
  // Everything there is lies below `/`: that is nobody's project.
  return within === undefined && own !== "/" ? own : undefined;
}
