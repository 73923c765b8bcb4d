/**
 * Candidates for a path: what lies in the folder that was written so far.
 *
 *   imports = [ ./modules/▮ ]   ->   backup.nix, web/
 *   extraModules = [ ▮ ]        ->   ./backup.nix, ./modules/, ../
 */
import type { FileType } from "../../nix/host.ts";
import { parentPath, resolvePath } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import { type Candidate, code } from "./candidate.ts";

/** What may follow `written`, a path up to and with its last `/`, in the file at `path`. */
export function collectPaths(snapshot: Snapshot, path: string, written: string): Candidate[] {
  const folder = resolvePath(parentPath(path), written);
  const entries = [...(snapshot.readDir(folder) ?? [])].filter(([name]) => isOffered(name, folder, path));
  return entries.map(([name, type]) => entryCandidate(name, type));
}

/** Whole paths, where none is begun. */
export function collectWholePaths(snapshot: Snapshot, path: string): Candidate[] {
  const here = collectPaths(snapshot, path, "./").map((candidate) => ({
    ...candidate,
    text: code(`./${candidate.text.value}`),
  }));
  return [...here, { kind: "folder", text: code("../"), rank: 6 }];
}

function isOffered(name: string, folder: string, path: string): boolean {
  // Names with other characters cannot be written in a path, and a file does not import itself.
  return /^[\w+-][\w.+-]*$/.test(name) && `${folder === "/" ? "" : folder}/${name}` !== path;
}

function entryCandidate(name: string, type: FileType): Candidate {
  if (type === "directory") return { kind: "folder", text: code(`${name}/`), rank: 2 };
  return { kind: "file", text: code(name), rank: name.endsWith(".nix") ? 1 : 4 };
}
