/**
 * The folder a lone document belongs to, opened without a workspace folder: the nearest one above it with a
 * flake.nix, else its own.
 *
 *   /home/me/clan/machines/web/configuration.nix   ->   /home/me/clan
 */
import type { FileSystem } from "../project/file-system.ts";

export function findProjectRoot(files: FileSystem, path: string): string {
  const own = parent(path);
  for (let folder = own; folder !== "/"; folder = parent(folder))
    if (files.fileType(`${folder}/flake.nix`) !== undefined) return folder;
  return own;
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
