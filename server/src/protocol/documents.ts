/**
 * The documents a client has open, kept in step with its edits, which name places in the client's columns.
 *
 *   didChange { range: 0:2-0:3, text: "b" }   ->   workspace.edit(path, [{ start: 2, end: 3, text: "b" }])
 */
import type {
  DidChangeTextDocumentParams,
  DidOpenTextDocumentParams,
  Position,
  TextDocumentContentChangeEvent,
} from "vscode-languageserver";
import type { Workspace } from "../project/workspace.ts";
import type { TextChange } from "../syntax/document.ts";
import { type ColumnUnit, LineIndex } from "../syntax/line-index.ts";
import type { Uris } from "./uris.ts";

export interface OpenDocument {
  /** As the client writes it. */
  readonly uri: string;
  readonly path: string;
  readonly version: number;
  readonly text: string;
}

export class OpenDocuments {
  private readonly byPath = new Map<string, OpenDocument>();

  constructor(
    private readonly workspace: Workspace,
    private readonly currentUris: () => Uris,
    private readonly columns: ColumnUnit,
  ) {}

  /** Undefined if it is not open, or is no file. */
  get(uri: string): OpenDocument | undefined {
    const path = this.currentUris().toPath(uri);
    return path === undefined ? undefined : this.byPath.get(path);
  }

  at(path: string): OpenDocument | undefined {
    return this.byPath.get(path);
  }

  paths(): IterableIterator<string> {
    return this.byPath.keys();
  }

  uris(): string[] {
    return [...this.byPath.values()].map((document) => document.uri);
  }

  open({ textDocument: { uri, version, text } }: DidOpenTextDocumentParams): OpenDocument | undefined {
    const path = this.currentUris().toPath(uri);
    if (path === undefined) return undefined;
    const document = { uri, path, version, text };
    this.byPath.set(path, document);
    this.workspace.open(path, text);
    return document;
  }

  /** The document as it is afterwards; undefined for one that is not open. */
  change({ textDocument, contentChanges }: DidChangeTextDocumentParams): OpenDocument | undefined {
    const known = this.get(textDocument.uri);
    if (known === undefined) return undefined;
    let { text } = known;
    // Each change speaks of the text the one before has left.
    const changes = contentChanges.map((content) => {
      const change = toTextChange(content, text, this.columns);
      text = text.slice(0, change.start) + change.text + text.slice(change.end);
      return change;
    });
    this.workspace.edit(known.path, changes);
    const document = { ...known, version: textDocument.version, text };
    this.byPath.set(known.path, document);
    return document;
  }

  /** The document as it was; undefined for one that was not open. */
  close(uri: string): OpenDocument | undefined {
    const document = this.get(uri);
    if (document === undefined) return undefined;
    this.byPath.delete(document.path);
    this.workspace.close(document.path);
    return document;
  }
}

function toTextChange(change: TextDocumentContentChangeEvent, text: string, unit: ColumnUnit): TextChange {
  if (!("range" in change)) return { start: 0, end: text.length, text: change.text };
  const lines = new LineIndex(text);
  const offset = ({ line, character }: Position) => lines.offset({ line, column: character }, unit);
  return { start: offset(change.range.start), end: offset(change.range.end), text: change.text };
}
