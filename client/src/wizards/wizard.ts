/** What the wizards have in common: how they begin, and how what they write is shown and made. */
import { Range, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient, WorkspaceEdit } from "vscode-languageclient";
import type { ClanSummary, ThingAtSummary } from "../../../shared/requests.ts";
import { describeTexts, textEdits } from "./describe-edit.ts";

export type Wizard = (client: BaseLanguageClient, clan: ClanSummary, about: Started) => Promise<void>;

/** What a wizard is started with, if with anything: a command's argument, or a row of a view. */
export interface Started {
  /** URI of the clan's folder. */
  readonly root?: string;
  readonly target?: { readonly root: string; readonly machines: readonly string[] };
  /** The instance or the role. */
  readonly thing?: ThingAtSummary;
}

/** The path of a file as a person knows it. */
export const shownPath = (uri: string): string => workspace.asRelativePath(Uri.parse(uri));

/**
 * Shows what will be written, and writes it where the person agrees: unsaved, shown, and undone in one step. `problems`:
 * sentences on what would be wrong then.
 */
export async function offerEdit(
  client: BaseLanguageClient,
  question: string,
  edit: WorkspaceEdit,
  problems: readonly string[] = [],
): Promise<void> {
  const does = problems.length === 0 ? "Add" : "Add Anyway";
  const wrong = problems.length === 0 ? [] : [`This would be wrong:\n${problems.join("\n")}`];
  const detail = [...wrong, describeTexts(edit, shownPath)].join("\n\n");
  const show = problems.length === 0 ? window.showInformationMessage : window.showWarningMessage;
  if ((await show(question, { modal: true, detail }, does)) !== does) return;
  const changes = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  if (await workspace.applyEdit(changes)) await showWritten(edit);
}

/** The place where the last text was written, at which a person goes on. */
async function showWritten(edit: WorkspaceEdit): Promise<void> {
  const { uri, edits } = textEdits(edit).at(-1) ?? {};
  const written = edits?.at(-1);
  if (uri === undefined || written === undefined) return;
  const document = await workspace.openTextDocument(Uri.parse(uri));
  // What is written above in the same text moves it.
  const above = edits?.slice(0, -1).reduce((lines, { newText }) => lines + newText.split("\n").length - 1, 0);
  const { line, character } = written.range.start;
  const at = document.offsetAt(document.positionAt(0).with(line + (above ?? 0), character));
  // The text before the name may begin with a line break.
  const position = document.positionAt(at + written.newText.search(/\S|$/));
  await window.showTextDocument(document, { selection: new Range(position, position) });
}
