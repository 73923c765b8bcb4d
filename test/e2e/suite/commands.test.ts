/** Commands of clan run as tasks: one that asks for nothing, and one that is told whom it is for. */
import { commands, tasks, Uri, workspace } from "vscode";
import { assertEqual, assertFound } from "./assert.ts";
import { openClanFile } from "./clan-file.ts";

describe("commands", () => {
  before(openClanFile);

  it("runs a command of the whole clan", async () => {
    assertEqual(await lineRunBy("clan.showNetworks"), ["network", "overview"]);
  });

  it("runs a command for a machine", async () => {
    const folder = assertFound(workspace.workspaceFolders?.[0], "workspace folder");
    const chosen = { root: folder.uri.toString(), machines: ["hetzner-01"] };
    assertEqual(await lineRunBy("clan.connectToMachine", chosen), ["ssh", "hetzner-01"]);
  });
});

/** What `clan` was run with, once the task has ended that the command started. */
async function lineRunBy(command: string, ...chosen: readonly unknown[]): Promise<readonly string[]> {
  const ended = new Promise<void>((resolve) => {
    const listening = tasks.onDidEndTaskProcess(() => {
      listening.dispose();
      resolve();
    });
  });
  await commands.executeCommand(command, ...chosen);
  await ended;
  const folder = assertFound(workspace.workspaceFolders?.[0], "workspace folder");
  const record = await workspace.fs.readFile(Uri.joinPath(folder.uri, "../stand-in.jsonl"));
  const lines = new TextDecoder().decode(record).trimEnd().split("\n");
  return JSON.parse(assertFound(lines.at(-1), "run")).arguments;
}
