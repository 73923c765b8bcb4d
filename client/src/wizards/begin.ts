/**
 * How one begins: the walkthrough, and "Clan: New Clan…", an empty flake.nix in the folder that is open, with the suggestion that fills it. A folder that has one is left as
 * it is, and the file opened.
 */
import { commands, Disposable, Uri, window, workspace } from "vscode";

/** Until disposed. `extension`: its id. */
export function registerBegin(extension: string): Disposable {
  return Disposable.from(
    commands.registerCommand("clan.newClan", newClan),
    commands.registerCommand("clan.openWalkthrough", () =>
      commands.executeCommand("workbench.action.openWalkthrough", `${extension}#begin`, false),
    ),
  );
}

async function newClan(): Promise<void> {
  const folder = await pickFolder();
  if (folder === undefined) return;
  const flake = Uri.joinPath(folder, "flake.nix");
  const isThere = await Promise.resolve(workspace.fs.stat(flake)).then(
    () => true,
    () => false,
  );
  if (!isThere) await workspace.fs.writeFile(flake, new Uint8Array());
  const document = await workspace.openTextDocument(flake);
  await window.showTextDocument(document);
  // The server offers a whole flake where the file has nothing yet.
  if (document.getText().trim() === "") await commands.executeCommand("editor.action.triggerSuggest");
}

async function pickFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length > 1) {
    const items = folders.map(({ name, uri }) => ({ label: name, uri }));
    return (await window.showQuickPick(items, { title: "New Clan", placeHolder: "In which folder?" }))?.uri;
  }
  const [only] = folders;
  if (only === undefined) {
    const open = "Open Folder…";
    const message = "Open the folder that the clan shall be in first.";
    if ((await window.showInformationMessage(message, open)) === open)
      await commands.executeCommand("workbench.action.files.openFolder");
  }
  return only?.uri;
}
