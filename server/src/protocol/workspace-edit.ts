/**
 * Changes of texts and files as an edit of the whole workspace, as far as the client can apply one.
 *
 *   { edits: […], creates: { /clan/machines/web/configuration.nix: "…" } }   ->   { documentChanges: [ create, … ] }
 */
import type {
  ChangeAnnotation,
  CreateFile,
  DeleteFile,
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
  /** Folders that are deleted last, by clients that ask the person first; others leave them. */
  readonly deletes?: readonly string[] | undefined;
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

/** Undefined where the client cannot make all of it; `mayLackFiles`: it may leave out the files that are created. */
export function toPossibleEdit(
  session: Session,
  change: WorkspaceChange,
  mayLackFiles: boolean,
): WorkspaceEdit | undefined {
  if (canMake(session, change)) return toWorkspaceEdit(session, change);
  return mayLackFiles ? toWorkspaceEdit(session, { ...change, creates: undefined }) : undefined;
}

const deletion = "delete";

/** Files are created first, and moved or deleted last. Ask `canMake` before. */
export function toWorkspaceEdit(
  session: Session,
  { edits, creates, moves, deletes = [] }: WorkspaceChange,
): WorkspaceEdit {
  const changes = session.converter().toTextChanges(edits);
  const gone = canAskToDelete(session) ? deletes : [];
  if (creates === undefined && moves === undefined && gone.length === 0) return { changes };
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
  const deleted = gone.map(
    (path): DeleteFile => ({
      kind: "delete",
      uri: session.uris.toUri(path),
      options: { recursive: true, ignoreIfNotExists: true },
      annotationId: deletion,
    }),
  );
  const documentChanges = [...made, ...changed, ...moved, ...deleted];
  return gone.length === 0 ? { documentChanges } : { documentChanges, changeAnnotations };
}

const changeAnnotations: Readonly<Record<string, ChangeAnnotation>> = {
  [deletion]: {
    label: "Files and folders of it",
    description: "Tick them to delete them, too",
    needsConfirmation: true,
  },
};

function canAskToDelete({ capabilities }: Session): boolean {
  const { documentChanges, resourceOperations, changeAnnotationSupport } =
    capabilities.workspace?.workspaceEdit ?? {};
  const canDelete = resourceOperations?.includes("delete") === true;
  return documentChanges === true && canDelete && changeAnnotationSupport !== undefined;
}

function textDocumentEdit(uri: string, edits: LspTextEdit[]): TextDocumentEdit {
  return { textDocument: { uri, version: null }, edits };
}
