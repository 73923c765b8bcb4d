/**
 * A snapshot of a workspace: open documents over what is on disk, inside the directories that may be read.
 * Symbolic links are followed as long as they stay inside these.
 */

import { once } from "../modules/lazy-type.ts";
import { type FileType, MAX_PATH } from "../nix/host.ts";
import { isWithin, parentPath, resolvePath } from "../nix/path.ts";
import type { Source } from "../syntax/ast.ts";
import { byteOrderMark } from "../syntax/byte-order-mark.ts";
import type { Disk } from "./disk.ts";
import type { Repository } from "./repository.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Sources } from "./sources.ts";

export interface SnapshotState {
  readonly revision: number;
  readonly roots: readonly string[];
  /** Directories below which may be read. */
  readonly readable: readonly string[];
  readonly disk: Disk;
  readonly sources: Sources;
  /** Texts that replace those on disk. */
  readonly overlay: ReadonlyMap<string, string>;
}

/** More links than this are a circle. */
const MAX_LINKS = 40;

export class WorkspaceSnapshot implements Snapshot {
  constructor(
    private readonly state: SnapshotState,
    /** Trees of texts that were only tried: they are kept here, and not for others. */
    private readonly tried: ReadonlyMap<string, () => Source> = new Map(),
  ) {}

  get revision(): number {
    return this.state.revision;
  }

  get isTried(): boolean {
    return this.tried.size > 0;
  }

  get roots(): readonly string[] {
    return this.state.roots;
  }

  with(path: string, text: string): Snapshot {
    const overlay = new Map(this.state.overlay).set(path, text);
    const source = once(() => this.state.sources.parse(path, text));
    return new WorkspaceSnapshot({ ...this.state, overlay }, new Map(this.tried).set(path, source));
  }

  trying(path: string, text: string): Snapshot {
    // A document that somebody tries already lends its nodes to nobody else.
    if (this.isTried) return this.with(path, text);
    const overlay = new Map(this.state.overlay).set(path, text);
    const source = this.state.sources.tryOut(path, this.state.overlay.get(path), text);
    return new WorkspaceSnapshot({ ...this.state, overlay }, new Map([[path, source]]));
  }

  settle(): void {
    this.state.sources.settle(this.tried);
    for (const source of this.tried.values()) source();
  }

  including(directories: readonly string[]): Snapshot {
    const readable = [...this.state.readable, ...directories];
    return new WorkspaceSnapshot({ ...this.state, readable }, this.tried);
  }

  isDirectory(path: string): boolean {
    return this.state.disk.fileType(path) === "directory";
  }

  repository(folder: string): Repository | undefined {
    return this.state.disk.repository(folder);
  }

  isHiddenFrom(path: string, flake: string, follow = false): boolean {
    const { disk } = this.state;
    if (disk.isHiddenFrom(path, flake)) return true;
    const real = follow ? this.resolve(path) : this.resolveFolder(path);
    return real !== undefined && real !== path && disk.isHiddenFrom(real, flake);
  }

  mayRead(path: string): boolean {
    return this.isReadable(path) && this.resolve(path) !== undefined;
  }

  /** By its name; a link on the way may still lead out. */
  private isReadable(path: string): boolean {
    return path.length <= MAX_PATH && this.state.readable.some((root) => isWithin(path, root));
  }

  readFile(path: string): string | undefined {
    const real = this.resolve(path);
    if (real === undefined) return undefined;
    return this.state.overlay.get(real) ?? this.state.disk.readFile(real);
  }

  readDir(path: string): ReadonlyMap<string, FileType> | undefined {
    const real = this.resolve(path);
    if (real === undefined) return undefined;
    const onDisk = this.state.disk.readDir(real);
    // A document that was never saved is a file all the same.
    const start = real === "/" ? "/" : `${real}/`;
    const unsaved = new Map<string, FileType>();
    for (const known of this.state.overlay.keys()) {
      if (!known.startsWith(start)) continue;
      const [name = "", ...below] = known.slice(start.length).split("/");
      if (onDisk?.has(name) !== true) unsaved.set(name, below.length > 0 ? "directory" : "regular");
    }
    if (unsaved.size > 0) return new Map([...(onDisk ?? []), ...unsaved]);
    return onDisk ?? (this.isDirectory(real) ? new Map() : undefined);
  }

  fileType(path: string): FileType | undefined {
    const own = this.resolveFolder(path);
    if (own === undefined || !this.isReadable(path)) return undefined;
    if (this.state.overlay.has(own)) return "regular";
    const type = this.state.disk.fileType(own);
    if (type !== undefined) return type;
    return [...this.state.overlay.keys()].some((known) => known.startsWith(`${own}/`))
      ? "directory"
      : undefined;
  }

  /** Of an open document, what it is on disk. */
  isExecutable(path: string): boolean | undefined {
    const real = this.resolve(path);
    return real === undefined ? undefined : this.state.disk.isExecutable(real);
  }

  hasByteOrderMark(path: string): boolean {
    const real = this.resolve(path);
    return real !== undefined && this.state.disk.readFile(real)?.startsWith(byteOrderMark) === true;
  }

  source(path: string): Source | undefined {
    const text = this.readFile(path);
    if (text === undefined) return undefined;
    return this.tried.get(path)?.() ?? this.state.sources.get(path, text);
  }

  /** Likewise, but the entry may be a link itself. */
  private resolveFolder(path: string): string | undefined {
    // What holds a folder that was opened may not be read, but the folder is there.
    if (this.state.readable.includes(path)) return path;
    const folder = path === "/" ? "/" : this.resolve(parentPath(path));
    return folder === undefined ? undefined : resolvePath(folder, path.slice(path.lastIndexOf("/") + 1));
  }

  /** Where the entry really is; undefined if a link leads out of what may be read. */
  private resolve(path: string, links = 0): string | undefined {
    if (path.length > MAX_PATH) return undefined;
    const root = this.state.readable.find((directory) => isWithin(path, directory));
    if (root === undefined || links > MAX_LINKS) return undefined;
    let at = root;
    const segments = path.slice(root === "/" ? 1 : root.length + 1).split("/");
    for (const [index, segment] of segments.entries()) {
      if (segment === "") continue;
      const next = resolvePath(at, segment);
      if (!this.state.overlay.has(next) && this.state.disk.fileType(next) === "symlink") {
        const target = this.state.disk.readLink(next);
        if (target === undefined) return undefined;
        return this.resolve(resolvePath(at, [target, ...segments.slice(index + 1)].join("/")), links + 1);
      }
      at = next;
    }
    return at;
  }
}
