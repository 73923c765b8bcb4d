/** What the server says of files that move is wired to the editor: it is asked before, and what it answers is done. */
import { commands, type TextDocument, Uri, WorkspaceEdit, workspace } from "vscode";
import { assertEqual, assertFound } from "./assert.ts";
import { openClanFile } from "./clan-file.ts";

describe("moves", () => {
  let document: TextDocument;
  before(async () => {
    document = await openClanFile();
  });
  after(() => commands.executeCommand("workbench.action.files.revert"));

  it("mend the paths to a file", async () => {
    const folder = assertFound(workspace.workspaceFolders?.[0], "workspace folder").uri;
    const hosts = Uri.joinPath(folder, "configurations/nixos/remote");
    const [before, after] = ["hetzner-01.nix", "first.nix"].map((name) => Uri.joinPath(hosts, name));
    await move(assertFound(before, "file"), assertFound(after, "file"));
    assertEqual(importsOf(document), ["first", "hetzner-02"]);
    await move(assertFound(after, "file"), assertFound(before, "file"));
    assertEqual(importsOf(document), ["hetzner-01", "hetzner-02"]);
  });
});

async function move(from: Uri, to: Uri): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.renameFile(from, to);
  assertEqual(await workspace.applyEdit(edit), true);
}

/** The names of the NixOS files that the clan imports. */
function importsOf(document: TextDocument): string[] {
  return [...document.getText().matchAll(/nixos\/remote\/([\w-]+)\.nix/g)].map(([, name = ""]) => name);
}
