/**
 * Two runs that change one machine get in each other's way: the second one is not begun.
 *
 *   "machines update web" runs     ->     "vars generate web" and "machines update (all machines)" wait
 */
import { type Disposable, type TaskExecution, tasks, type Uri, window } from "vscode";
import { showTerminalOf } from "../runs/report.ts";
import type { Runs } from "../runs/runs.ts";
import { type ClanTaskDefinition, folderOfTask, taskType } from "../tasks.ts";
import type { ClanInvocation } from "./argv.ts";
import { clanCommands } from "./clan-commands.ts";

/** Whether nothing else changes these machines now; if something does, the person is told, and may stop it. */
export async function isFree(runs: Runs, folder: Uri, invocation: ClanInvocation): Promise<boolean> {
  const other = inTheWayOf(tasks.taskExecutions, folder, invocation);
  if (other === undefined) return true;
  await explain(runs, other, "is still running");
  return false;
}

/** Until disposed: ends what was started otherwise, from the list of tasks or by a key, before clan has begun anything. */
export function refuseSecondRuns(runs: Runs): Disposable {
  return tasks.onDidStartTask(({ execution }) => {
    const folder = folderOfTask(execution.task);
    if (execution.task.definition.type !== taskType || folder === undefined) return;
    const others = tasks.taskExecutions.filter((one) => one !== execution);
    const other = inTheWayOf(others, folder, execution.task.definition as ClanTaskDefinition);
    if (other === undefined) return;
    execution.terminate();
    void explain(runs, other, `is still running, so “${execution.task.name}” was not started`);
  });
}

async function explain(runs: Runs, other: TaskExecution, says: string): Promise<void> {
  const [show, stop] = ["Show Terminal", "Stop It"];
  const answer = await window.showWarningMessage(
    `clan ${other.task.name} ${says}. Two runs on the same machine would interfere: wait for it to finish, or stop it.`,
    show,
    stop,
  );
  const run = runs.running.find(({ execution }) => execution === other);
  if (run === undefined) return;
  if (answer === show) await showTerminalOf(runs, run);
  if (answer === stop) await runs.stop(run);
}

function inTheWayOf(
  executions: readonly TaskExecution[],
  folder: Uri,
  invocation: ClanInvocation,
): TaskExecution | undefined {
  return changes(invocation) ? executions.find((one) => isInTheWay(one, folder, invocation)) : undefined;
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
