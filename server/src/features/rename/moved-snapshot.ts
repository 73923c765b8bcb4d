/**
 * A state of the workspace as it would be with some folders under other names.
 *
 *   new MovedSnapshot(snapshot, [{ from: "/clan/machines/web", to: "/clan/machines/db" }])
 *     .source("/clan/machines/db/configuration.nix")   ->   the tree of what is machines/web/configuration.nix now
 */
import type { FileType } from "../../nix/host.ts";
import { isWithin } from "../../nix/path.ts";
import type { Repository } from "../../project/repository.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Source } from "../../syntax/ast.ts";
import { type Move, movedPath } from "./move.ts";

export class MovedSnapshot implements Snapshot {
  readonly isTried = true;
  private readonly moved = new Map<string, Source | undefined>();

  constructor(
    private readonly before: Snapshot,
    /** In the order in which they are made. */
    private readonly moves: readonly Move[],
  ) {}

  get revision(): number {
    return this.before.revision;
  }

  get roots(): readonly string[] {
    return this.before.roots;
  }

  with(path: string, text: string): Snapshot {
    return new MovedSnapshot(this.before.with(this.originOf(path) ?? path, text), this.moves);
  }

  including(directories: readonly string[]): Snapshot {
    return new MovedSnapshot(this.before.including(directories), this.moves);
  }

  readFile(path: string): string | undefined {
    const origin = this.originOf(path);
    return origin === undefined ? undefined : this.before.readFile(origin);
  }

  readDir(path: string): ReadonlyMap<string, FileType> | undefined {
    const origin = this.originOf(path);
    const entries = origin === undefined ? undefined : this.before.readDir(origin);
    if (entries === undefined || origin === undefined) return undefined;
    const named = [...entries].map(([name, type]): [string, FileType] => {
      const moved = movedPath(`${origin === "/" ? "" : origin}/${name}`, this.moves);
      return [moved.slice(moved.lastIndexOf("/") + 1), type];
    });
    return new Map(named.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  fileType(path: string): FileType | undefined {
    const origin = this.originOf(path);
    return origin === undefined ? undefined : this.before.fileType(origin);
  }

  isExecutable(path: string): boolean | undefined {
    const origin = this.originOf(path);
    return origin === undefined ? undefined : this.before.isExecutable?.(origin);
  }

  isDirectory(path: string): boolean {
    const origin = this.originOf(path);
    return origin !== undefined && this.before.isDirectory(origin);
  }

  mayRead(path: string): boolean {
    return this.before.mayRead(path);
  }

  repository(folder: string): Repository | undefined {
    return this.before.repository(folder);
  }

  /** Of what moves: whether it was, since it goes on being what it is. */
  isHiddenFrom(path: string, flake: string, follow?: boolean): boolean {
    return this.before.isHiddenFrom(this.originOf(path) ?? path, flake, follow);
  }

  hasByteOrderMark(path: string): boolean {
    const origin = this.originOf(path);
    return origin !== undefined && this.before.hasByteOrderMark(origin);
  }

  /** Parsed anew where it is moved: a tree knows the path of its file. */
  source(path: string): Source | undefined {
    const origin = this.originOf(path);
    if (origin === path) return this.before.source(path);
    if (!this.moved.has(path)) {
      const text = this.readFile(path);
      this.moved.set(path, text === undefined ? undefined : this.before.with(path, text).source(path));
    }
    return this.moved.get(path);
  }

  /** Where `path` is now; undefined for what is moved away. */
  private originOf(path: string): string | undefined {
    let origin = path;
    for (const { from, to } of this.moves.toReversed()) {
      if (isWithin(origin, to)) origin = from + origin.slice(to.length);
      else if (isWithin(origin, from)) return undefined;
    }
    return origin;
  }
}
