/**
 * After `clan machines delete`: clan takes a machine out of inventory.json only. What Nix files say of it goes too, if the
 * person wants that.
 */
import { Uri, window, workspace } from "vscode";
import type { BaseLanguageClient, WorkspaceEdit } from "vscode-languageclient";
import { type RemoveMachineParams, removeMachineRequest } from "../../shared/requests.ts";
import { editedUris } from "./wizards/describe-edit.ts";

/** Says that the task is `done`; offers to remove what is left of the machine in the clan's folder. */
export async function offerRemoval(
  client: BaseLanguageClient,
  done: string,
  folder: Uri,
  name: string,
): Promise<void> {
  const params: RemoveMachineParams = { root: folder.toString(), name };
  // Of a server that does not run nothing is known, and the deletion is done.
  const left = () => client.sendRequest<WorkspaceEdit | null>(removeMachineRequest, params).catch(() => null);
  const edit = await left();
  const files = edit === null ? [] : editedUris(edit).map((uri) => workspace.asRelativePath(Uri.parse(uri)));
  if (files.length === 0) {
    void window.showInformationMessage(done);
    return;
  }
  const remove = "Remove Machine";
  const answer = await window.showInformationMessage(
    `${done} ${files.join(", ")} still ${files.length === 1 ? "names" : "name"} ${name}.`,
    remove,
  );
  if (answer !== remove) return;
  // The person may have changed the files since.
  const now = await left();
  if (now === null) return;
  const changes = await client.protocol2CodeConverter.asWorkspaceEdit(now);
  await workspace.applyEdit(changes, { isRefactoring: true });
}
