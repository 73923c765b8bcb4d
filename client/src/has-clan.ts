/** Tells VS Code whether there is a clan in the workspace: `clan.hasClan` in the `when` of the palette's entries. */
import { commands, Disposable, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import type { Inventory } from "./inventory.ts";

/** Asks when the server starts, a file is saved or folders change, until disposed. */
export function followClans(client: BaseLanguageClient, inventory: Inventory): Disposable {
  const update = async () => {
    if (!client.isRunning()) return;
    const clans = await inventory();
    await commands.executeCommand("setContext", "clan.hasClan", clans.length > 0);
  };
  return Disposable.from(
    client.onDidChangeState(({ newState }) => newState === State.Running && void update()),
    workspace.onDidSaveTextDocument(({ languageId }) => languageId === "nix" && void update()),
    workspace.onDidChangeWorkspaceFolders(() => void update()),
  );
}
