/**
 * Where files come from. Everything is synchronous and total: what is not there, or cannot be read, is
 * undefined. Paths are absolute, normalised, with `/`. Node's file system is wrapped in the entry files;
 * here is one in memory, for tests and browsers.
 *
 *   new MemoryFileSystem({ "/a/b.nix": "1" }).readDir("/a")   ->   Map { "b.nix" -> "regular" }
 */
import type { FileType } from "../nix/host.ts";
import { parentPath, resolvePath } from "../nix/path.ts";

export interface FileSystem {
  /** The text of a regular file. */
  readFile(path: string): string | undefined;
  /** The bytes of a regular file. */
  readBytes(path: string): Uint8Array | undefined;
  /** Names and types (links are not followed). */
  readDir(path: string): ReadonlyMap<string, FileType> | undefined;
  /** The type of the entry itself (links are not followed). */
  fileType(path: string): FileType | undefined;
  /** What a symbolic link says, as written. */
  readLink(path: string): string | undefined;
  /** Whether the owner may execute the file; undefined also where files have no such mark. */
  isExecutable(path: string): boolean | undefined;
  /** What git ignores for the person everywhere: core.excludesFile at its default place, whether it is there or not. */
  readonly excludesFile?: string;
}

export class MemoryFileSystem implements FileSystem {
  private readonly files = new Map<string, string | Uint8Array>();
  private readonly links = new Map<string, string>();

  /**
   * Contents by path; folders are there because something is in them. `links`: target by path. `executable`: the
   * files that are, if that is known.
   */
  constructor(
    files: Readonly<Record<string, string>> | ReadonlyMap<string, string | Uint8Array> = {},
    links: Readonly<Record<string, string>> = {},
    private readonly executable?: ReadonlySet<string>,
  ) {
    for (const [path, text] of files instanceof Map ? files : Object.entries(files)) this.write(path, text);
    for (const [path, target] of Object.entries(links)) this.links.set(resolvePath("/", path), target);
  }

  write(path: string, content: string | Uint8Array): void {
    this.files.set(resolvePath("/", path), content);
  }

  remove(path: string): void {
    this.files.delete(path);
  }

  readFile(path: string): string | undefined {
    const content = this.files.get(path);
    return content instanceof Uint8Array
      ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(content)
      : content;
  }

  readBytes(path: string): Uint8Array | undefined {
    const content = this.files.get(path);
    return typeof content === "string" ? new TextEncoder().encode(content) : content;
  }

  readDir(path: string): ReadonlyMap<string, FileType> | undefined {
    const start = path === "/" ? "/" : `${path}/`;
    const entries = new Map<string, FileType>();
    for (const [known, type] of this.entries()) {
      if (!known.startsWith(start)) continue;
      const [name = "", ...below] = known.slice(start.length).split("/");
      entries.set(name, below.length > 0 ? "directory" : type);
    }
    if (entries.size === 0) return undefined;
    return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  fileType(path: string): FileType | undefined {
    if (this.files.has(path)) return "regular";
    if (this.links.has(path)) return "symlink";
    return path === "/"
      ? "directory"
      : this.readDir(parentPath(path))?.get(path.slice(path.lastIndexOf("/") + 1));
  }

  readLink(path: string): string | undefined {
    return this.links.get(path);
  }

  isExecutable(path: string): boolean | undefined {
    return this.files.has(path) ? this.executable?.has(path) : undefined;
  }

  private *entries(): Generator<[string, FileType]> {
    for (const path of this.files.keys()) yield [path, "regular"];
    for (const path of this.links.keys()) yield [path, "symlink"];
  }
}
