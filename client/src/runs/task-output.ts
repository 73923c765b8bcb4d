/**
 * What tasks of clan print. They keep their terminal, in which clan asks for secrets; VS Code hands over what it shows there
 * (https://code.visualstudio.com/api: `TerminalShellExecution.read`), which it does for terminals of tasks as for those of shells.
 * Where it does not, nothing is known of what was printed.
 */
import { Disposable, type TaskExecution, type Terminal, tasks, window } from "vscode";
import { clanCommands } from "../commands/clan-commands.ts";
import type { ClanTaskDefinition } from "../tasks.ts";
import { taskType } from "../tasks.ts";

/** In UTF-16. */
const mostKept = 4_000_000;

/** In milliseconds. What was printed last comes a moment after the end; nobody waits for more. */
const longestWait = 2000;

interface Reading {
  text: string;
  readonly done: Promise<void>;
}

export class TaskOutputs implements Disposable {
  private readonly readings = new Map<Terminal, Reading>();
  private readonly processes = new WeakMap<TaskExecution, number>();
  private readonly following: Disposable;
  /** How many tasks have ended of which the last words may still come. */
  private ending = 0;

  constructor() {
    this.following = Disposable.from(
      window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
        this.readings.set(terminal, this.follow(execution.read()));
      }),
      window.onDidCloseTerminal((terminal) => void this.readings.delete(terminal)),
      tasks.onDidStartTaskProcess(
        ({ execution, processId }) => void this.processes.set(execution, processId),
      ),
    );
  }

  /** The one the task runs in. A terminal has one task after the other, and the process of the last one. */
  async terminalOf(execution: TaskExecution): Promise<Terminal | undefined> {
    const processId = this.processes.get(execution);
    if (processId === undefined) return undefined;
    for (const terminal of window.terminals) if ((await terminal.processId) === processId) return terminal;
    return undefined;
  }

  /**
   * What a task of ours printed that has ended, as its terminal got it; of very much, the end. Undefined where it cannot be
   * known, or is none of our business.
   */
  async take(execution: TaskExecution): Promise<string | undefined> {
    if (!isRead(execution)) return undefined;
    this.ending++;
    try {
      const terminal = await this.terminalOf(execution);
      const reading = terminal && this.readings.get(terminal);
      if (terminal === undefined || reading === undefined) return undefined;
      this.readings.delete(terminal);
      await Promise.race([reading.done, new Promise((resolve) => setTimeout(resolve, longestWait))]);
      return reading.text;
    } finally {
      this.ending--;
    }
  }

  private follow(chunks: AsyncIterable<string>): Reading {
    const read = async () => {
      for await (const chunk of chunks) {
        // What shells and other tasks print is left alone.
        if (this.ending === 0 && !tasks.taskExecutions.some(isRead)) return;
        reading.text += chunk;
        if (reading.text.length > 2 * mostKept) reading.text = reading.text.slice(-mostKept);
      }
    };
    const reading = { text: "", done: Promise.resolve() };
    reading.done = read();
    return reading;
  }

  dispose(): void {
    this.following.dispose();
  }
}

/** A shell on a machine is the person's, and so is a secret that is printed. */
function isRead({ task: { definition } }: TaskExecution): boolean {
  if (definition.type !== taskType) return false;
  const line = (definition as ClanTaskDefinition).command.join();
  return !clanCommands.some(({ words, isPrivate }) => isPrivate === true && words.join() === line);
}
