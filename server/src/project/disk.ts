/**
 * What was read from disk. An entry is read once; a change makes a new `Disk` without what it touches.
 */
import type { FileType } from "../nix/host.ts";
import type { FileSystem } from "./file-system.ts";

export class Disk {
  private readonly texts = new Map<string, string | undefined>();
  private readonly types = new Map<string, FileType | undefined>();
  private readonly directories = new Map<string, ReadonlyMap<string, FileType> | undefined>();
  private readonly links = new Map<string, string | undefined>();

  constructor(private readonly files: FileSystem) {}

  readFile(path: string): string | undefined {
    return remember(this.texts, path, () => this.files.readFile(path));
  }

  readDir(path: string): ReadonlyMap<string, FileType> | undefined {
    return remember(this.directories, path, () => this.files.readDir(path));
  }

  fileType(path: string): FileType | undefined {
    return remember(this.types, path, () => this.files.fileType(path));
  }

  readLink(path: string): string | undefined {
    return remember(this.links, path, () => this.files.readLink(path));
  }

  without(paths: readonly string[]): Disk {
    const next = new Disk(this.files);
    const gone = (known: string): boolean =>
      paths.some((path) => known === path || known.startsWith(`${path}/`) || path.startsWith(`${known}/`));
    for (const [from, to] of [
      [this.texts, next.texts],
      [this.types, next.types],
      [this.directories, next.directories],
      [this.links, next.links],
    ] as [Map<string, unknown>, Map<string, unknown>][])
      for (const [path, value] of from) if (!gone(path)) to.set(path, value);
    return next;
  }
}

function remember<T>(memory: Map<string, T>, key: string, read: () => T): T {
  const found = memory.get(key);
  if (found !== undefined || memory.has(key)) return found as T;
  const value = read();
  memory.set(key, value);
  return value;
}
