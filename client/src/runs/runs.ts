/** The runs of clan in this window, from their start to what became of them. */
import {
  Disposable,
  EventEmitter,
  type Task,
  type TaskExecution,
  type Terminal,
  tasks,
  type Uri,
} from "vscode";
import type { ClanSummary } from "../../../shared/requests.ts";
import { clanCommands } from "../commands/clan-commands.ts";
import type { Inventory } from "../inventory.ts";
import { type ClanTaskDefinition, folderOfTask, taskType } from "../tasks.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { isAbout, type Run } from "./run.ts";
import { TaskOutputs } from "./task-output.ts";

/** So many that have ended are remembered. */
const mostEnded = 50;

/** In milliseconds: what clan gets to end what it has started. */
const timeToStop = 5000;

const nothingKnown: Outcome = { failures: [], done: [] };

export class Runs implements Disposable {
  private readonly outputs = new TaskOutputs();
  private readonly changed = new EventEmitter<void>();
  private readonly ended = new EventEmitter<Run>();
  private readonly stopping = new WeakSet<TaskExecution>();
  private runs: readonly Run[] = [];
  private readonly following: Disposable;
  readonly onDidChange = this.changed.event;
  /** Of each that ended, when it is known how. */
  readonly onDidEnd = this.ended.event;

  constructor(private readonly inventory: Inventory) {
    this.following = Disposable.from(
      tasks.onDidStartTask(({ execution }) => {
        if (execution.task.definition.type === taskType) this.begin(execution);
      }),
      tasks.onDidEndTaskProcess(({ execution, exitCode }) => void this.end(execution, exitCode)),
      // Of one that could not be started no process ends.
      tasks.onDidEndTask(({ execution }) => void this.end(execution, undefined)),
    );
  }

  /** Newest first. */
  get all(): readonly Run[] {
    return this.runs;
  }

  get running(): readonly Run[] {
    return this.runs.filter(({ state }) => state === "running");
  }

  /** The newest that was for the machine. */
  lastOn(root: string, machine: string): Run | undefined {
    return this.runs.find((run) => isAbout(run, root, machine));
  }

  terminalOf({ execution }: Run): Promise<Terminal | undefined> {
    return this.outputs.terminalOf(execution);
  }

  /** As Ctrl+C does, so that clan ends what it runs in sessions of their own; then with its terminal. */
  async stop({ execution }: Run): Promise<void> {
    this.stopping.add(execution);
    (await this.outputs.terminalOf(execution))?.sendText("\x03", false);
    const ended = new Promise<void>((resolve) => {
      const following = this.onDidEnd((run) => {
        if (run.execution !== execution) return;
        following.dispose();
        resolve();
      });
    });
    const isLate = Symbol();
    const waited = new Promise((resolve) => setTimeout(resolve, timeToStop, isLate));
    if ((await Promise.race([ended, waited])) === isLate) execution.terminate();
  }

  private begin(execution: TaskExecution): void {
    const { command, machines = [] } = execution.task.definition as ClanTaskDefinition;
    const isForAll =
      machines.length === 0 &&
      clanCommands.some(({ words, asks }) => words.join() === command.join() && asks.includes("machines"));
    const run: Run = {
      execution,
      name: shownName(execution.task),
      words: command,
      machines,
      isForAll,
      folder: folderOfTask(execution.task),
      state: "running",
      since: new Date(),
      exitCode: undefined,
      outcome: nothingKnown,
    };
    this.runs = [run, ...this.runs].filter(({ state }, index) => state === "running" || index < mostEnded);
    this.changed.fire();
  }

  private async end(execution: TaskExecution, exitCode: number | undefined): Promise<void> {
    const run = this.runs.find((one) => one.execution === execution && one.state === "running");
    if (run === undefined) return;
    const isStopped = exitCode === undefined || this.stopping.has(execution);
    const state = isStopped ? "stopped" : exitCode === 0 ? "done" : "failed";
    const ended: Run = { ...run, state, exitCode, since: new Date() };
    this.replace(run, ended);
    if (state !== "failed") return this.ended.fire(ended);
    const output = await this.outputs.take(execution);
    const clans = await this.inventory().catch(() => []);
    const outcome = outcomeOf(output ?? "", run.machines, machinesIn(run.folder, clans));
    const known = { ...ended, outcome };
    this.replace(ended, known);
    this.ended.fire(known);
  }

  private replace(run: Run, by: Run): void {
    this.runs = this.runs.map((one) => (one === run ? by : one));
    this.changed.fire();
  }

  dispose(): void {
    Disposable.from(this.following, this.outputs, this.changed, this.ended).dispose();
  }
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
