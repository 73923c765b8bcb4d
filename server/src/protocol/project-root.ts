/**
 * The project a document belongs to: the nearest folder above it with a flake, within its workspace folder.
 *
 *   /work/mono/lab/machines/web/configuration.nix   ->   /work/mono/lab
 */
import type { FileSystem } from "../project/file-system.ts";

/**
 * Undefined where the workspace folder itself is all there is. A document in no workspace folder belongs to
 * the nearest flake, or to the folder it lies in.
 */
export function findProjectRoot(
  files: FileSystem,
  path: string,
  folders: readonly string[],
): string | undefined {
  const within = folders.find((folder) => path.startsWith(folder === "/" ? "/" : `${folder}/`));
  for (let folder = parent(path); folder !== within; folder = parent(folder)) {
    if (files.fileType(`${folder}/flake.nix`) !== undefined) return folder;
    if (folder === "/") break;
  }
  return within === undefined ? parent(path) : undefined;
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
