/** An edit that VS Code shows in its refactor preview before it is made. */
import { Range, Uri, WorkspaceEdit, type WorkspaceEditEntryMetadata, window, workspace } from "vscode";
import type { WorkspaceEdit as LspEdit, TextEdit } from "vscode-languageclient";
import { createdUris, textEdits } from "../wizards/describe-edit.ts";

/**
 * Makes the edit where the person agrees to it in the preview; undone in one step. `notes`: what a person should know besides.
 */
export async function previewEdit(title: string, edit: LspEdit, notes: readonly string[]): Promise<void> {
  for (const note of notes) void window.showInformationMessage(note);
  await workspace.applyEdit(withPreview(edit, title));
}

/**
 * VS Code shows its preview where something is to be confirmed, and leaves out what nobody ticks. What is to be confirmed is a
 * change of nothing, so that all else is ticked from the start.
 */
function withPreview(edit: LspEdit, title: string): WorkspaceEdit {
  const changes = new WorkspaceEdit();
  const created = createdUris(edit);
  const start = new Range(0, 0, 0, 0);
  for (const { uri, edits } of textEdits(edit))
    if (created.includes(uri)) {
      // With its text: a file that was empty when it was created, and is saved, is not taken back.
      const contents = new TextEncoder().encode(edits.map(({ newText }) => newText).join(""));
      changes.createFile(Uri.parse(uri), { ignoreIfExists: true, contents });
    } else for (const { range, newText } of edits) changes.replace(Uri.parse(uri), toRange(range), newText);
  const looked = textEdits(edit).find(({ uri }) => !created.includes(uri));
  const metadata: WorkspaceEditEntryMetadata = {
    label: title,
    description: "All below is written together",
    needsConfirmation: true,
  };
  if (looked !== undefined) changes.replace(Uri.parse(looked.uri), start, "", metadata);
  return changes;
}

function toRange({ start, end }: TextEdit["range"]): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
