/** Who reports a syntax error: we do, unless Nix IDE runs a server that does. Here it is not installed. */
import { commands, type TextDocument, Uri, workspace } from "vscode";
import { assertFound } from "./assert.ts";
import { insertLine, openClanFile } from "./clan-file.ts";
import { findingAt } from "./findings.ts";

describe("syntax errors", () => {
  let document: TextDocument;
  let settings: Uri;
  before(async () => {
    const folder = assertFound(workspace.workspaceFolders?.[0], "workspace folder");
    settings = Uri.joinPath(folder.uri, ".vscode/settings.json");
    document = await openClanFile();
  });
  after(async () => {
    await commands.executeCommand("workbench.action.files.revert");
    await workspace.fs.delete(settings);
  });

  it("are reported where a setting of Nix IDE is left that is not installed", async () => {
    const text = JSON.stringify({ "nix.enableLanguageServer": true });
    await workspace.fs.writeFile(settings, new TextEncoder().encode(text));
    while (workspace.getConfiguration("nix").get("enableLanguageServer") !== true) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await insertLine(document, "inventory.machines = {", "broken = { ) };");
    await findingAt(document, "syntax-error", ")");
  });
});
