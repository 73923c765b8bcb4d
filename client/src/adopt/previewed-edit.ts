/** An edit that VS Code shows in its refactor preview before it is made. */
import { window, workspace } from "vscode";
import type { BaseLanguageClient, WorkspaceEdit } from "vscode-languageclient";
import { editedUris, textEdits } from "../wizards/describe-edit.ts";

const preview = "preview";

/**
 * Makes the edit where the person agrees to it in the preview; undone in one step. `notes`: what a person should know besides.
 * Whether it was made.
 */
export async function previewEdit(
  client: BaseLanguageClient,
  title: string,
  edit: WorkspaceEdit,
  notes: readonly string[],
): Promise<boolean> {
  const changes = await client.protocol2CodeConverter.asWorkspaceEdit(withPreview(edit, title));
  for (const note of notes) void window.showInformationMessage(note);
  return workspace.applyEdit(changes);
}

/**
 * VS Code shows its preview where something is to be confirmed, and leaves out what nobody ticks. What is to be confirmed is a
 * change of nothing, so that all else is ticked from the start.
 */
function withPreview(edit: WorkspaceEdit, title: string): WorkspaceEdit {
  const texts = edit.documentChanges ?? [];
  const changed = textEdits(edit).map(({ uri, edits }) => ({
    textDocument: { uri, version: null },
    edits: [...edits],
  }));
  const [first] = editedUris(edit);
  const start = { line: 0, character: 0 };
  const nothing = { range: { start, end: start }, newText: "", annotationId: preview };
  const looked =
    first === undefined ? [] : [{ textDocument: { uri: first, version: null }, edits: [nothing] }];
  return {
    documentChanges: [...(texts.length > 0 ? texts : changed), ...looked],
    changeAnnotations: {
      [preview]: { label: title, description: "All below is written together", needsConfirmation: true },
    },
  };
}
