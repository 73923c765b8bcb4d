/**
 * A state of the workspace as it was, from the one there is now and what has changed since.
 *
 *   new PastSnapshot(now, new Map([["/clan/web.nix", "{ }"], ["/clan/new.nix", undefined]]))
 *     .readFile("/clan/new.nix")   ->   undefined: it was not there
 */
import type { FileType } from "../nix/host.ts";
import { isWithin, parentPath } from "../nix/path.ts";
import type { Source } from "../syntax/ast.ts";
import type { Repository } from "./repository.ts";
import type { Snapshot } from "./snapshot.ts";

/** By absolute path what the file held; undefined where there was none. Texts are asked for when they are read. */
export type PastFiles = ReadonlyMap<string, (() => string | undefined) | undefined>;

export class PastSnapshot implements Snapshot {
  readonly isTried = true;
  private readonly sources = new Map<string, Source | undefined>();

  constructor(
    private readonly now: Snapshot,
    private readonly files: PastFiles,
  ) {}

  get revision(): number {
    return this.now.revision;
  }

  get roots(): readonly string[] {
    return this.now.roots;
  }

  with(path: string, text: string): Snapshot {
    const files = new Map(this.files);
    files.delete(path);
    return new PastSnapshot(this.now.with(path, text), files);
  }

  including(directories: readonly string[]): Snapshot {
    return new PastSnapshot(this.now.including(directories), this.files);
  }

  readFile(path: string): string | undefined {
    return this.files.has(path) ? this.files.get(path)?.() : this.now.readFile(path);
  }

  readDir(path: string): ReadonlyMap<string, FileType> | undefined {
    const entries = new Map(this.now.readDir(path));
    const start = path === "/" ? "/" : `${path}/`;
    for (const [file, text] of this.files) {
      if (!file.startsWith(start)) continue;
      const [name = "", ...below] = file.slice(start.length).split("/");
      if (text !== undefined) entries.set(name, below.length > 0 ? "directory" : "regular");
      else if (below.length === 0 || !this.isThere(`${start}${name}`)) entries.delete(name);
    }
    if (entries.size === 0) return undefined;
    return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  fileType(path: string): FileType | undefined {
    if (this.files.has(path)) return this.files.get(path) === undefined ? undefined : "regular";
    return this.now.fileType(path) === "directory" || this.hasFilesBelow(path)
      ? this.readDir(path) && "directory"
      : this.now.fileType(path);
  }

  isExecutable(path: string): boolean | undefined {
    return this.now.isExecutable?.(path);
  }

  isDirectory(path: string): boolean {
    return this.fileType(path) === "directory";
  }

  mayRead(path: string): boolean {
    return this.now.mayRead(path);
  }

  repository(folder: string): Repository | undefined {
    return this.now.repository(folder);
  }

  /** What was in the revision was in the index. */
  isHiddenFrom(path: string, flake: string): boolean {
    return !this.files.has(path) && this.now.isHiddenFrom(path, flake);
  }

  hasByteOrderMark(path: string): boolean {
    return !this.files.has(path) && this.now.hasByteOrderMark(path);
  }

  source(path: string): Source | undefined {
    if (!this.files.has(path)) return this.now.source(path);
    if (!this.sources.has(path)) {
      const text = this.readFile(path);
      this.sources.set(path, text === undefined ? undefined : this.now.with(path, text).source(path));
    }
    return this.sources.get(path);
  }

  /** Whether a folder had anything in it besides what has come since. */
  private isThere(folder: string): boolean {
    return this.readDir(folder) !== undefined;
  }

  private hasFilesBelow(folder: string): boolean {
    return [...this.files].some(([file, text]) => text !== undefined && isWithin(parentPath(file), folder));
  }
}
