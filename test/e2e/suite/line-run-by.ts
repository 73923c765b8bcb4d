/** What the stand-in for `clan` was run with by a command of VS Code. */
import { commands, tasks, Uri, workspace } from "vscode";
import { assertFound } from "./assert.ts";

/** The words after `clan`, once the task has ended that the command started. */
export async function lineRunBy(command: string, ...chosen: readonly unknown[]): Promise<readonly string[]> {
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
