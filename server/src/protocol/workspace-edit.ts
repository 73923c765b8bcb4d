/**
 * Changes of texts and files as an edit of the whole workspace, as far as the client can apply one.
 *
 *   { edits: […], creates: { /clan/machines/web/configuration.nix: "…" } }   ->   { documentChanges: [ create, … ] }
 */
import type {
  CreateFile,
  TextEdit as LspTextEdit,
  TextDocumentEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import type { TextEdit } from "../rules/finding.ts";
import type { Session } from "./session.ts";

export interface WorkspaceChange {
  readonly edits: readonly TextEdit[];
  /** Text of new files, by path. */
  readonly creates?: ReadonlyMap<string, string> | undefined;
}

/** Whether the client can create files as part of an edit. */
export function createsFiles({ capabilities }: Session): boolean {
  const { documentChanges, resourceOperations } = capabilities.workspace?.workspaceEdit ?? {};
  return documentChanges === true && resourceOperations?.includes("create") === true;
}

/** Files are created first. Those without a client that can are left out: ask `createsFiles` before. */
export function toWorkspaceEdit(session: Session, { edits, creates }: WorkspaceChange): WorkspaceEdit {
  const changes = session.converter().toTextChanges(edits);
  if (creates === undefined || creates.size === 0) return { changes };
  const made = [...creates].flatMap(([path, text]): (CreateFile | TextDocumentEdit)[] => {
    const uri = session.uris.toUri(path);
    const start = { line: 0, character: 0 };
    return [
      { kind: "create", uri, options: { ignoreIfExists: true } },
      textDocumentEdit(uri, [{ range: { start, end: start }, newText: text }]),
    ];
  });
  const changed = Object.entries(changes).map(([uri, texts]) => textDocumentEdit(uri, texts));
  return { documentChanges: [...made, ...changed] };
}

function textDocumentEdit(uri: string, edits: LspTextEdit[]): TextDocumentEdit {
  return { textDocument: { uri, version: null }, edits };
}
