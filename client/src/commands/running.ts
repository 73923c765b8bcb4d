/**
 * Two runs that change one machine get in each other's way: the second one is not begun.
 *
 *   "machines update web" runs     ->     "vars generate web" and "machines update (all machines)" wait
 */
import { commands, type TaskExecution, tasks, type Uri, window } from "vscode";
import { type ClanTaskDefinition, folderOfTask, taskType } from "../tasks.ts";
import type { ClanInvocation } from "./argv.ts";
import { clanCommands } from "./clan-commands.ts";

/** Whether nothing else changes these machines now; if something does, the person is told, and may stop it. */
export async function isFree(folder: Uri, invocation: ClanInvocation): Promise<boolean> {
  const other = changes(invocation)
    ? tasks.taskExecutions.find((one) => isInTheWay(one, folder, invocation))
    : undefined;
  if (other === undefined) return true;
  const [show, stop] = ["Show Terminal", "Stop It"];
  const answer = await window.showWarningMessage(
    `clan ${other.task.name} is still running. Two runs on the same machine would interfere: wait for it to finish, or stop it.`,
    show,
    stop,
  );
  if (answer === show) await commands.executeCommand("workbench.action.terminal.focus");
  if (answer === stop) other.terminate();
  return false;
}

function isInTheWay({ task }: TaskExecution, folder: Uri, { machines = [] }: ClanInvocation): boolean {
  if (task.definition.type !== taskType || folderOfTask(task)?.toString() !== folder.toString()) return false;
  const other = task.definition as ClanTaskDefinition;
  const { machines: others = [] } = other;
  // None is all.
  const meets =
    machines.length === 0 || others.length === 0 || others.some((name) => machines.includes(name));
  return meets && changes(other);
}

/** A person who looks around on the machine is in nobody's way. */
function changes({ command }: ClanInvocation): boolean {
  return clanCommands.some(
    ({ words, effect, asks }) =>
      words.join() === command.join() &&
      effect !== "reads" &&
      words[0] !== "ssh" &&
      asks.some((subject) => subject === "machine" || subject === "machines"),
  );
}
