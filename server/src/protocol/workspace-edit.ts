/**
 * Changes of texts and files as an edit of the whole workspace, as far as the client can apply one.
 *
 *   { edits: […], creates: { /clan/machines/web/configuration.nix: "…" } }   ->   { documentChanges: [ create, … ] }
 */
import type {
  CreateFile,
  TextEdit as LspTextEdit,
  RenameFile,
  TextDocumentEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import type { Fix, TextEdit } from "../rules/finding.ts";
import type { Session } from "./session.ts";

export interface WorkspaceChange {
  readonly edits: readonly TextEdit[];
  /** Text of new files, by path. */
  readonly creates?: ReadonlyMap<string, string> | undefined;
  /** Files and folders that get another path, after all else. */
  readonly moves?: Fix["moves"];
}

/** Whether the client can make all of the change: some cannot create or move files. */
export function canMake(
  { capabilities }: Session,
  { creates, moves }: Omit<WorkspaceChange, "edits">,
): boolean {
  const { documentChanges, resourceOperations = [] } = capabilities.workspace?.workspaceEdit ?? {};
  const needed = [...(creates === undefined ? [] : ["create"]), ...(moves === undefined ? [] : ["rename"])];
  return (
    needed.length === 0 ||
    (documentChanges === true && needed.every((kind) => resourceOperations.some((each) => each === kind)))
  );
}

/** Files are created first, and moved last. Ask `canMake` before. */
export function toWorkspaceEdit(session: Session, { edits, creates, moves }: WorkspaceChange): WorkspaceEdit {
  const changes = session.converter().toTextChanges(edits);
  if (creates === undefined && moves === undefined) return { changes };
  const made = [...(creates ?? [])].flatMap(([path, text]): (CreateFile | TextDocumentEdit)[] => {
    const uri = session.uris.toUri(path);
    const start = { line: 0, character: 0 };
    return [
      { kind: "create", uri, options: { ignoreIfExists: true } },
      textDocumentEdit(uri, [{ range: { start, end: start }, newText: text }]),
    ];
  });
  const changed = Object.entries(changes).map(([uri, texts]) => textDocumentEdit(uri, texts));
  const moved = (moves ?? []).map(
    ({ from, to }): RenameFile => ({
      kind: "rename",
      oldUri: session.uris.toUri(from),
      newUri: session.uris.toUri(to),
    }),
  );
  return { documentChanges: [...made, ...changed, ...moved] };
}

function textDocumentEdit(uri: string, edits: LspTextEdit[]): TextDocumentEdit {
  return { textDocument: { uri, version: null }, edits };
}
