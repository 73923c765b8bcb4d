/**
 * What a flake sees of the workspace: in a git repository not what git ignores, unless it is in the index. What was
 * only forgotten is seen, and the rule untracked-file says that Nix does not see it.
 */
import type { FileType } from "../nix/host.ts";
import type { Source } from "../syntax/ast.ts";
import type { Repository } from "./repository.ts";
import type { Snapshot } from "./snapshot.ts";

export class FlakeView implements Snapshot {
  constructor(
    private readonly all: Snapshot,
    /** The folder of the flake. */
    private readonly flake: string,
  ) {}

  get revision(): number {
    return this.all.revision;
  }

  get isTried(): boolean {
    return this.all.isTried;
  }

  get roots(): readonly string[] {
    return this.all.roots;
  }

  with(path: string, text: string): Snapshot {
    return new FlakeView(this.all.with(path, text), this.flake);
  }

  including(directories: readonly string[]): Snapshot {
    return new FlakeView(this.all.including(directories), this.flake);
  }

  readFile(path: string): string | undefined {
    return this.isHidden(path, true) ? undefined : this.all.readFile(path);
  }

  readDir(path: string): ReadonlyMap<string, FileType> | undefined {
    const entries = this.isHidden(path, true) ? undefined : this.all.readDir(path);
    if (entries === undefined) return undefined;
    const folder = path === "/" ? "" : path;
    const seen = [...entries].filter(([name]) => !this.isHidden(`${folder}/${name}`));
    return seen.length === entries.size ? entries : new Map(seen);
  }

  fileType(path: string): FileType | undefined {
    return this.isHidden(path) ? undefined : this.all.fileType(path);
  }

  isExecutable(path: string): boolean | undefined {
    return this.isHidden(path, true) ? undefined : this.all.isExecutable?.(path);
  }

  isDirectory(path: string): boolean {
    return !this.isHidden(path) && this.all.isDirectory(path);
  }

  mayRead(path: string): boolean {
    return this.all.mayRead(path);
  }

  repository(folder: string): Repository | undefined {
    return this.all.repository(folder);
  }

  isHiddenFrom(path: string, flake: string, follow?: boolean): boolean {
    return this.all.isHiddenFrom(path, flake, follow);
  }

  hasByteOrderMark(path: string): boolean {
    return this.all.hasByteOrderMark(path);
  }

  source(path: string): Source | undefined {
    return this.isHidden(path, true) ? undefined : this.all.source(path);
  }

  /** `follow`: also where it is a link to what is hidden. */
  private isHidden(path: string, follow = false): boolean {
    return this.all.isHiddenFrom(path, this.flake, follow);
  }
}
