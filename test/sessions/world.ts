/**
 * What a server is told of, and what it is asked about: files on disk, the documents that are open, the workspace
 * folders. A fresh server can be brought to the same state at any time.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { capabilities, positionAt } from "../stdio/editor.ts";
import { ServerProcess } from "../stdio/server-process.ts";

export class World {
  /** Absolute path -> text; what is not open is read from disk. */
  readonly open = new Map<string, string>();
  readonly disk = new Map<string, string>();
  private readonly versions = new Map<string, number>();

  constructor(
    private readonly root: string,
    /** The workspace folders, absolute. */
    public folders: readonly string[],
    files: ReadonlyMap<string, string>,
  ) {
    for (const [path, text] of files) this.put(path, text);
  }

  /** A server that has seen nothing but the state of now. */
  async fresh(): Promise<ServerProcess> {
    const server = await ServerProcess.start(this.root, this.folders, capabilities);
    for (const [path, text] of this.open) await sendOpen(server, path, text, 0);
    return server;
  }

  async openDocument(server: ServerProcess, path: string, text: string): Promise<void> {
    this.open.set(path, text);
    await sendOpen(server, path, text, this.nextVersion(path));
  }

  /** The part that differs, as an editor sends it. */
  async change(server: ServerProcess, path: string, text: string): Promise<void> {
    const before = this.open.get(path) ?? "";
    this.open.set(path, text);
    let start = 0;
    while (start < text.length && start < before.length && text[start] === before[start]) start++;
    let same = 0;
    const most = Math.min(text.length, before.length) - start;
    while (same < most && text[text.length - 1 - same] === before[before.length - 1 - same]) same++;
    const range = {
      start: positionAt(before, start),
      end: positionAt(before, before.length - same),
    };
    await server.notify("textDocument/didChange", {
      textDocument: { uri: uriOf(path), version: this.nextVersion(path) },
      contentChanges: [{ range, text: text.slice(start, text.length - same) }],
    });
  }

  async save(server: ServerProcess, path: string): Promise<void> {
    await this.write(server, path, this.open.get(path) ?? "");
    await server.notify("textDocument/didSave", { textDocument: { uri: uriOf(path) } });
  }

  async close(server: ServerProcess, path: string): Promise<void> {
    this.open.delete(path);
    await server.notify("textDocument/didClose", { textDocument: { uri: uriOf(path) } });
  }

  /** Somebody else writes the file, or deletes it. */
  async write(server: ServerProcess, path: string, text: string | undefined): Promise<void> {
    const type = text === undefined ? 3 : this.disk.has(path) ? 2 : 1;
    if (text === undefined) {
      this.disk.delete(path);
      rmSync(path, { force: true });
    } else this.put(path, text);
    await server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(path), type }] });
  }

  async changeFolders(server: ServerProcess, folders: readonly string[]): Promise<void> {
    const asFolder = (folder: string) => ({ uri: uriOf(folder), name: folder });
    const event = {
      added: folders.filter((one) => !this.folders.includes(one)).map(asFolder),
      removed: this.folders.filter((one) => !folders.includes(one)).map(asFolder),
    };
    this.folders = folders;
    await server.notify("workspace/didChangeWorkspaceFolders", { event });
  }

  private put(path: string, text: string): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    this.disk.set(path, text);
  }

  private nextVersion(path: string): number {
    const version = (this.versions.get(path) ?? 0) + 1;
    this.versions.set(path, version);
    return version;
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

function sendOpen(server: ServerProcess, path: string, text: string, version: number): Promise<void> {
  const languageId = path.endsWith(".json") ? "json" : "nix";
  return server.notify("textDocument/didOpen", {
    textDocument: { uri: uriOf(path), languageId, version, text },
  });
}

/** The files of a fixture below `folder`: `/home/clan.nix` -> `folder/home/clan.nix`. */
export function filesBelow(folder: string, files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].map(([path, text]) => [join(folder, path), text]));
}
