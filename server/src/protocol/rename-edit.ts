/**
 * A rename as an edit of the whole workspace, as far as the client can apply one, and what is left to say of it.
 *
 *   { edits: […], moves: [ machines/web -> machines/db ] }
 *   ->  { documentChanges: [ …, { kind: "rename", … } ], changeAnnotations: { files: { needsConfirmation: true, … } } }
 */
import type {
  ChangeAnnotation,
  TextEdit as LspTextEdit,
  RenameFile,
  TextDocumentEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import type { Rename, RenameEdit } from "../features/rename/rename.ts";
import { relativePath } from "../nix/path.ts";
import type { Session } from "./session.ts";

export interface RenameAnswer {
  readonly edit: WorkspaceEdit;
  /** What the client cannot do or show, for a message; undefined if that is nothing. */
  readonly message: string | undefined;
}

/** The identifiers of annotations, and what they say. */
const annotations = {
  files: "Files and folders that clan finds by the name, and paths to them",
  scripts: "Scripts of generators",
  perhaps: "The same word, in code that is switched off or where it could mean something else",
  open: "Not all of the clan is known: there may be more places",
} as const;

type AnnotationId = keyof typeof annotations;

/** Where an editor shows the whole change, all that is surely meant is ticked: what is missing would break the clan. */
const unsure: AnnotationId = "perhaps";

const tick = "Tick those that are meant";

export function toRenameAnswer(session: Session, rename: Rename): RenameAnswer {
  const client = session.capabilities.workspace?.workspaceEdit;
  const documents = client?.documentChanges === true;
  const moves = documents && client.resourceOperations?.includes("rename") === true ? rename.moves : [];
  const annotated = documents && client.changeAnnotationSupport !== undefined;
  const movesFiles = moves.length === rename.moves.length;
  // Without a preview, nobody could leave out what is not meant; and paths go where the files are.
  const isWanted = ({ group }: RenameEdit): boolean =>
    (annotated || group !== "perhaps") && (movesFiles || group !== "files");
  const edits = rename.edits.filter(isWanted);
  const message = [
    movesFiles ? undefined : `This editor cannot rename files. Rename ${showMoves(session, rename)}.`,
    annotated ? undefined : showPerhaps(session, rename),
    annotated && rename.edits.some(({ group }) => group === unsure)
      ? `Words in code that is switched off, or that could mean something else, are not ticked. ${tick}.`
      : undefined,
    rename.open === undefined
      ? undefined
      : `Not all of the clan is known (${rename.open}): there may be more places.`,
    ...rename.notes,
  ].filter((part) => part !== undefined);
  return {
    edit: documents
      ? documentEdit(session, { ...rename, edits, moves }, annotated)
      : { changes: session.converter().toTextChanges(edits) },
    message: message.length === 0 ? undefined : message.join(" "),
  };
}

function documentEdit(
  session: Session,
  { edits, moves, open, notes }: Rename,
  annotated: boolean,
): WorkspaceEdit {
  const used = new Set<AnnotationId>();
  const annotation = (id: AnnotationId | undefined): { annotationId?: AnnotationId } => {
    if (!annotated || id === undefined) return {};
    used.add(id);
    return { annotationId: id };
  };
  const byPath = new Map<string, LspTextEdit[]>();
  for (const { path, group, text, ...range } of edits) {
    const edit = { range: session.converter().toRange(path, range), newText: text };
    const id = group ?? (open === undefined ? undefined : "open");
    byPath.set(path, [...(byPath.get(path) ?? []), { ...edit, ...annotation(id) }]);
  }
  const texts = [...byPath].map(([path, changes]): TextDocumentEdit => {
    const uri = session.uris.toUri(path);
    return { textDocument: { uri, version: session.documents.get(uri)?.version ?? null }, edits: changes };
  });
  const renames = moves.map(({ from, to }): RenameFile => {
    const [oldUri, newUri] = [session.uris.toUri(from), session.uris.toUri(to)];
    return { kind: "rename", oldUri, newUri, ...annotation("files") };
  });
  const details: Readonly<Record<AnnotationId, string | undefined>> = {
    files: notes.join(" "),
    scripts: undefined,
    perhaps: tick,
    open,
  };
  const changeAnnotations = Object.fromEntries(
    [...used].map((id): [string, ChangeAnnotation] => {
      const description = details[id];
      return [
        id,
        { label: annotations[id], needsConfirmation: id === unsure, ...(description ? { description } : {}) },
      ];
    }),
  );
  return { documentChanges: [...texts, ...renames], ...(used.size > 0 ? { changeAnnotations } : {}) };
}

function showMoves(session: Session, { moves }: Rename): string {
  return moves.map(({ from, to }) => `${show(session, from)} to ${show(session, to)}`).join(", ");
}

function showPerhaps(session: Session, { edits }: Rename): string | undefined {
  const places = edits.filter(({ group }) => group === "perhaps");
  if (places.length === 0) return undefined;
  const shown = places.map(({ path, start, end }) => {
    const { line } = session.converter().toRange(path, { start, end }).start;
    return `${show(session, path)}:${line + 1}`;
  });
  return `Not changed, as it is switched off or could mean something else: ${shown.join(", ")}.`;
}

/** A path from the workspace folder it is in. */
function show(session: Session, path: string): string {
  return session.workspace.snapshot().roots.reduce((shown, root) => relativePath(shown, root), path);
}
