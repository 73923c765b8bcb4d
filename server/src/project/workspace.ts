/**
 * The present state of a workspace, from which snapshots are made: documents open in the editor, and a
 * memory of what was read from disk, forgotten where something changed.
 *
 *   const workspace = new Workspace({ fileSystem, parser, roots: ["/clan"] });
 *   workspace.open("/clan/clan.nix", text);
 *   workspace.snapshot().source("/clan/clan.nix")
 */
import { isWithin, resolvePath } from "../nix/path.ts";
import { NixDocument, type OpenFile, type TextChange } from "../syntax/document.ts";
import { JsonDocument } from "../syntax/json-document.ts";
import type { NixParser } from "../syntax/parser.ts";
import { Disk } from "./disk.ts";
import type { FileSystem } from "./file-system.ts";
import type { Snapshot } from "./snapshot.ts";
import { isNix, Sources } from "./sources.ts";
import { WorkspaceSnapshot } from "./workspace-snapshot.ts";

export interface WorkspaceOptions {
  readonly fileSystem: FileSystem;
  readonly parser: NixParser;
  /** Absolute paths of the workspace folders. */
  readonly roots: readonly string[];
}

export class Workspace {
  private readonly documents = new Map<string, OpenFile>();
  private readonly sources: Sources;
  private readonly parser: NixParser;
  private roots: readonly string[];
  private disk: Disk;
  private revision = 0;
  private current: WorkspaceSnapshot | undefined;

  constructor({ fileSystem, parser, roots }: WorkspaceOptions) {
    this.parser = parser;
    this.roots = roots.map((root) => resolvePath("/", root));
    this.disk = new Disk(fileSystem);
    this.sources = new Sources(parser);
  }

  /** The state now; the same object until something changes. */
  snapshot(): Snapshot {
    this.current ??= new WorkspaceSnapshot({
      revision: this.revision,
      roots: this.roots,
      readable: this.roots,
      disk: this.disk,
      sources: this.sources,
      overlay: new Map([...this.documents].map(([path, document]) => [path, document.text])),
    });
    return this.current;
  }

  open(path: string, text: string): void {
    this.discard(path);
    const document = isNix(path) ? new NixDocument(this.parser, path, text) : new JsonDocument(path, text);
    this.documents.set(path, document);
    this.advance(path);
  }

  /** Applies an editor's changes one after the other (offsets are UTF-16). Nothing if it is not open. */
  edit(path: string, changes: readonly TextChange[]): void {
    const document = this.documents.get(path);
    if (document === undefined) return;
    document.edit(changes);
    this.advance(path);
  }

  /** From now on the file is what is on disk. */
  close(path: string): void {
    this.discard(path);
    this.readAgain([path]);
  }

  /** Files or folders that were created, written or deleted on disk: any, since most concern no clan. */
  changed(paths: readonly string[]): void {
    const concerned = this.disk.concerned(paths);
    if (concerned.length > 0) this.readAgain(concerned);
  }

  private readAgain(paths: readonly string[]): void {
    this.disk = this.disk.without(paths);
    // An open document is read from its own tree, whatever is saved.
    for (const path of paths) if (!this.documents.has(path)) this.sources.forget(path);
    this.touch();
  }

  /** What was read of a folder that is no root any more is forgotten: nobody tells what changes there from now on. */
  setRoots(roots: readonly string[]): void {
    const before = this.roots;
    this.roots = roots.map((root) => resolvePath("/", root));
    const gone = before.filter((root) => !isInside(root, this.roots));
    this.disk = this.disk.without(gone);
    this.sources.forgetAll(
      (path) => isInside(path, gone) && !isInside(path, this.roots) && !this.documents.has(path),
    );
    this.touch();
  }

  /** Frees what open documents hold in wasm memory. */
  dispose(): void {
    for (const path of [...this.documents.keys()]) this.discard(path);
  }

  private advance(path: string): void {
    const document = this.documents.get(path);
    if (document !== undefined) this.sources.offer(path, document);
    this.touch();
  }

  private discard(path: string): void {
    const document = this.documents.get(path);
    document?.dispose();
    this.documents.delete(path);
    this.sources.forget(path);
  }

  private touch(): void {
    this.revision++;
    this.current = undefined;
  }
}

function isInside(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => isWithin(path, root));
}
