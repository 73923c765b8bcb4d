/**
 * Says how a run of clan ended: its terminal may be out of sight, and an update takes minutes. What succeeded is said quietly;
 * of what failed, the machine and the first error, which leads to its place.
 *
 *   "clan machines update web failed: undefined variable 'x'."   [Show] [Show Terminal]
 */
import { commands, Disposable, Uri, window } from "vscode";
import type { Inventory } from "../inventory.ts";
import { listed } from "../listed.ts";
import { type ClanTaskDefinition, refusalOf } from "../tasks.ts";
import { showPlace } from "../terminal-link-provider.ts";
import { shortMessage } from "./outcome.ts";
import type { Run } from "./run.ts";
import { RunProblems } from "./run-problems.ts";
import type { Runs } from "./runs.ts";

/** What a person is told, and asked, after machines were deleted: `done` says that they were. */
export type AfterDeletion = (done: string, folder: Uri, machine: string) => Promise<void>;

/** Until disposed: what became of each run that ends by itself. */
export function reportRuns(runs: Runs, inventory: Inventory, afterDeletion: AfterDeletion): Disposable {
  const problems = new RunProblems();
  const following = runs.onDidEnd(async (run) => {
    if (run.state === "done") await reportSuccess(run, afterDeletion);
    if (run.state === "failed") await reportFailure(run);
  });
  return Disposable.from(following, problems);

  async function reportFailure(run: Run): Promise<void> {
    const { execution, name, outcome } = run;
    const clans = await inventory().catch(() => []);
    const place = await problems.show(
      execution.task,
      name,
      outcome.failures.map(({ error }) => error),
      clans.map(({ root }) => Uri.parse(root)),
    );
    const [show, showTerminal] = ["Show", "Show Terminal"];
    const answer = await window.showErrorMessage(
      refusalOf(execution.task.definition as ClanTaskDefinition) ?? failureMessage(run),
      ...(place === undefined ? [showTerminal] : [show, showTerminal]),
    );
    if (answer === show && place !== undefined) await showPlace(place.file, place.place);
    if (answer === showTerminal) await showTerminalOf(runs, run);
  }
}

/** The one it runs, or ran, in; where that is not known, that of the newest. */
export async function showTerminalOf(runs: Runs, run: Run): Promise<void> {
  const terminal = await runs.terminalOf(run);
  if (terminal === undefined) await commands.executeCommand("workbench.action.terminal.focus");
  else terminal.show();
}

/** In milliseconds. */
const shownFor = 10_000;

async function reportSuccess(
  { name, words, machines, folder }: Run,
  afterDeletion: AfterDeletion,
): Promise<void> {
  const [machine] = machines;
  if (words.join(" ") === "machines delete" && machine !== undefined && folder !== undefined)
    return afterDeletion(`${name}: done.`, folder, machine);
  const done =
    machines.length > 1
      ? `${name.replace(` ${machines.join(" ")}`, "")}: done for ${listed(machines)}.`
      : `${name}: done.`;
  window.setStatusBarMessage(`$(check) ${done}`, shownFor);
}

function failureMessage({ name, outcome: { failures, done }, exitCode }: Run): string {
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
