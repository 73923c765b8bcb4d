/** In a folder without Nix the extension does nothing until it is asked for something. */
import { commands, extensions, Uri, window, workspace } from "vscode";
import { assertEqual, assertFound } from "./assert.ts";

describe("a folder without Nix", () => {
  it("has the extension, and it is not active", async () => {
    const folder = assertFound(workspace.workspaceFolders?.[0], "workspace folder").uri;
    for (const name of ["notes.txt", "package.json", ".vscode/settings.json"]) {
      await window.showTextDocument(Uri.joinPath(folder, name));
    }
    // Whatever starts with the editor has started when the extension of these tests has.
    const runner = assertFound(extensions.getExtension("clan-nix.suite"), "extension of the tests");
    while (!runner.isActive) await new Promise((resolve) => setTimeout(resolve, 100));
    assertEqual(clan().isActive, false);
  });

  it("starts it when it is told to", async function () {
    const [start, used] = [performance.now(), process.cpuUsage()];
    await clan().activate();
    const { user, system } = process.cpuUsage(used);
    // To be read, not judged: it hangs on the machine.
    const times = [performance.now() - start, (user + system) / 1000].map((time) => time.toFixed(0));
    this.runnable().title += `, in ${times[0]} ms with ${times[1]} ms of the processor`;
    assertEqual((await commands.getCommands()).includes("clan.showLog"), true);
  });
});

function clan() {
  return assertFound(extensions.getExtension("clan-nix.vscode-clan"), "extension");
}
