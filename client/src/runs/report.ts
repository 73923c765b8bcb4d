/**
 * Says how a `clan` task ended: its terminal may be out of sight, and an update takes minutes. What succeeded is said quietly;
 * of what failed, the machine and the first error, which leads to its place.
 *
 *   "clan machines update web failed: undefined variable 'x'."   [Show] [Show Terminal]
 */
import { commands, Disposable, type Task, type TaskExecution, tasks, Uri, window } from "vscode";
import type { ClanSummary } from "../../../shared/requests.ts";
import type { Inventory } from "../inventory.ts";
import { listed } from "../listed.ts";
import { type ClanTaskDefinition, folderOfTask, refusalOf, taskType } from "../tasks.ts";
import { showPlace } from "../terminal-link-provider.ts";
import { type Outcome, outcomeOf, shortMessage } from "./outcome.ts";
import { RunProblems } from "./run-problems.ts";
import { type TaskOutput, TaskOutputs } from "./task-output.ts";

/** What a person is told, and asked, after machines were deleted: `done` says that they were. */
export type AfterDeletion = (done: string, folder: Uri, machine: string) => Promise<void>;

/** Until disposed: what became of each `clan` task that ends by itself. */
export function reportRuns(inventory: Inventory, afterDeletion: AfterDeletion): Disposable {
  const outputs = new TaskOutputs();
  const problems = new RunProblems();
  const following = tasks.onDidEndTaskProcess(async ({ execution, exitCode }) => {
    if (execution.task.definition.type !== taskType || exitCode === undefined) return;
    if (exitCode === 0) await reportSuccess(execution.task, afterDeletion);
    else await reportFailure(execution, exitCode);
  });
  return Disposable.from(following, outputs, problems);

  async function reportFailure(execution: TaskExecution, exitCode: number): Promise<void> {
    const { task } = execution;
    const name = shownName(task);
    const output = await outputs.take(execution);
    const clans = await inventory().catch(() => []);
    const { machines = [] } = task.definition as ClanTaskDefinition;
    const outcome = outcomeOf(output?.text ?? "", machines, machinesIn(folderOfTask(task), clans));
    const place = await problems.show(
      task,
      name,
      outcome.failures.map(({ error }) => error),
      clans.map(({ root }) => Uri.parse(root)),
    );
    const [show, showTerminal] = ["Show", "Show Terminal"];
    const refused = refusalOf(task.definition as ClanTaskDefinition);
    const answer = await window.showErrorMessage(
      refused ?? failureMessage(name, outcome, exitCode),
      ...(place === undefined ? [showTerminal] : [show, showTerminal]),
    );
    if (answer === show && place !== undefined) await showPlace(place.file, place.place);
    if (answer === showTerminal) await focusTerminal(output);
  }
}

async function focusTerminal(output: TaskOutput | undefined): Promise<void> {
  if (output === undefined) await commands.executeCommand("workbench.action.terminal.focus");
  else output.terminal.show();
}

/** In milliseconds. */
const shownFor = 10_000;

async function reportSuccess(task: Task, afterDeletion: AfterDeletion): Promise<void> {
  const name = shownName(task);
  const { command, machines = [] } = task.definition as ClanTaskDefinition;
  const [machine] = machines;
  const folder = folderOfTask(task);
  if (command.join(" ") === "machines delete" && machine !== undefined && folder !== undefined)
    return afterDeletion(`${name}: done.`, folder, machine);
  const done =
    machines.length > 1
      ? `${name.replace(` ${machines.join(" ")}`, "")}: done for ${listed(machines)}.`
      : `${name}: done.`;
  window.setStatusBarMessage(`$(check) ${done}`, shownFor);
}

function failureMessage(name: string, { failures, done }: Outcome, exitCode: number): string {
  const [first, ...others] = failures;
  if (first === undefined) return `${name}: ended with exit code ${exitCode}.`;
  const failed = failures.flatMap(({ machine }) => machine ?? []);
  const isNamed = failed.length === 0 || (failed.length === 1 && name.split(" ").at(-1) === failed[0]);
  const where = isNamed && done.length === 0 ? "" : ` on ${listed(failed)}`;
  const error = shortMessage(first.error);
  const says = others.length === 0 ? error : `${error} (${first.machine})`;
  const rest = done.length === 0 ? "" : ` Done: ${listed(done)}.`;
  return `${name} failed${where}: ${says}.${rest}`;
}

function machinesIn(folder: Uri | undefined, clans: readonly ClanSummary[]): readonly string[] {
  const clan = clans.find(({ root }) => root === folder?.toString());
  return clan?.machines.map(({ name }) => name) ?? [];
}

/** "clan machines update web" for a task of ours; one of a tasks.json as it is called there, or as VS Code calls it. */
function shownName({ name, source }: Task): string {
  if (source === taskType && !name.startsWith(`${taskType}:`)) return `clan ${name}`;
  return name.replace(new RegExp(`^${taskType}: `), "clan ");
}
