/**
 * What the evaluator needs from outside: files and their syntax trees. Everything is synchronous and
 * total; "not there", "not allowed" and "not loaded" are all `undefined`. Implemented in `project`.
 */
import type { Source } from "../syntax/ast.ts";

export type FileType = "regular" | "directory" | "symlink" | "unknown";

/** Paths are absolute, normalised, with `/`. */
export interface EvalHost {
  /** The file's text, or undefined if it does not exist or lies outside what may be read. */
  readFile(path: string): string | undefined;
  /** Entry name -> type (not following links), or undefined if `path` is no readable directory. */
  readDir(path: string): ReadonlyMap<string, FileType> | undefined;
  /** The type of the entry itself (not following links), or undefined if it does not exist. */
  fileType(path: string): FileType | undefined;
  /** Whether the file is marked executable; undefined if that cannot be told. */
  isExecutable?(path: string): boolean | undefined;
  /** False where nothing can be said about `path` (outside the workspace and its inputs). */
  mayRead(path: string): boolean;
  /** The lowered Nix (or, for `*.json`, JSON) file; cached per version. */
  source(path: string): Source | undefined;
}

/** Characters: no system that Nix runs on opens longer paths. */
export const MAX_PATH = 4_096;

/** Nobody fills a folder by hand with more. */
const MAX_ENTRIES = 6_000;

/** Why a folder of so many entries is not listed in an evaluation; undefined where it is. */
export function folderTooLarge(path: string, entries: number): string | undefined {
  return entries > MAX_ENTRIES
    ? `the folder ${path} has ${entries} entries, more than the ${MAX_ENTRIES} that are listed`
    : undefined;
}
