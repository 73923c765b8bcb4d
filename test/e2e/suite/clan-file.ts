/** The file of the example that the tests write in, and how they do it. */
import { type Position, type TextDocument, Uri, WorkspaceEdit, window, workspace } from "vscode";
import { assertFound } from "./assert.ts";

/** Opened in the editor, as it is on disk. */
export async function openClanFile(): Promise<TextDocument> {
  const folder = assertFound(workspace.workspaceFolders?.[0], "workspace folder");
  const document = await workspace.openTextDocument(Uri.joinPath(folder.uri, "modules/flake-parts/clan.nix"));
  await window.showTextDocument(document);
  return document;
}

/** Writes a line after the first one with the text `after`. Answers the position of its end. */
export async function insertLine(document: TextDocument, after: string, line: string): Promise<Position> {
  const offset = document.getText().indexOf(after);
  if (offset === -1) throw new Error(`no line with ${after}`);
  const { range } = document.lineAt(document.positionAt(offset).line);
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, range.end, `\n${line}`);
  await workspace.applyEdit(edit);
  return document.lineAt(range.end.line + 1).range.end;
}
