/** Says how a `clan` task ended: its terminal may be out of sight, and an update takes minutes. */
import { commands, type Disposable, type Task, tasks, type Uri, window } from "vscode";
import { type ClanTaskDefinition, folderOfTask, refusalOf, taskType } from "./tasks.ts";

/** What a person is told, and asked, after machines were deleted: `done` says that they were. */
export type AfterDeletion = (done: string, folder: Uri, machine: string) => Promise<void>;

/** Until disposed: a message for each `clan` task that ends by itself, with its exit code when it failed. */
export function reportTaskExits(afterDeletion: AfterDeletion): Disposable {
  return tasks.onDidEndTaskProcess(({ execution: { task }, exitCode }) => {
    if (task.definition.type !== taskType || exitCode === undefined) return;
    void report(task, exitCode, afterDeletion);
  });
}

async function report(task: Task, exitCode: number, afterDeletion: AfterDeletion): Promise<void> {
  const name = shownName(task);
  if (exitCode === 0) {
    const done = `${name}: done.`;
    const { command, machines: [machine] = [] } = task.definition as ClanTaskDefinition;
    const folder = folderOfTask(task);
    if (command.join(" ") === "machines delete" && machine !== undefined && folder !== undefined)
      await afterDeletion(done, folder, machine);
    else void window.showInformationMessage(done);
    return;
  }
  const show = "Show Terminal";
  const refused = refusalOf(task.definition as ClanTaskDefinition);
  const message = refused ?? `${name}: ended with exit code ${exitCode}.`;
  const answer = await window.showErrorMessage(message, show);
  if (answer === show) await commands.executeCommand("workbench.action.terminal.focus");
}

/** "clan machines update web" for a task of ours; one of a tasks.json as it is called there, or as VS Code calls it. */
function shownName({ name, source }: Task): string {
  if (source === taskType && !name.startsWith(`${taskType}:`)) return `clan ${name}`;
  return name.replace(new RegExp(`^${taskType}: `), "clan ");
}
