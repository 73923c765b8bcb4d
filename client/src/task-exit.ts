/** Says how a `clan` task ended: its terminal may be out of sight, and an update takes minutes. */
import { commands, type Disposable, tasks, window } from "vscode";
import { taskType } from "./tasks.ts";

/** Until disposed: a message for each `clan` task that ends by itself, with its exit code when it failed. */
export function reportTaskExits(): Disposable {
  return tasks.onDidEndTaskProcess(({ execution: { task }, exitCode }) => {
    if (task.definition.type !== taskType || exitCode === undefined) return;
    void report(task.name, exitCode);
  });
}

async function report(name: string, exitCode: number): Promise<void> {
  if (exitCode === 0) {
    void window.showInformationMessage(`clan ${name}: done.`);
    return;
  }
  const show = "Show Terminal";
  const answer = await window.showErrorMessage(`clan ${name}: ended with exit code ${exitCode}.`, show);
  if (answer === show) await commands.executeCommand("workbench.action.terminal.focus");
}
