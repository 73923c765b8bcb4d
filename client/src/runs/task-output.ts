/**
 * What tasks of clan print. They keep their terminal, in which clan asks for secrets; VS Code hands over what it shows there
 * (https://code.visualstudio.com/api: `TerminalShellExecution.read`), which it does for terminals of tasks as for those of shells.
 * Where it does not, nothing is known of what was printed.
 */
import { Disposable, type TaskExecution, type Terminal, tasks, window } from "vscode";
import type { ClanTaskDefinition } from "../tasks.ts";
import { taskType } from "../tasks.ts";

export interface TaskOutput {
  readonly terminal: Terminal;
  /** As the terminal got it; of very much, the end. */
  readonly text: string;
}

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

  constructor() {
    this.following = Disposable.from(
      window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
        this.readings.set(terminal, follow(execution.read()));
      }),
      window.onDidCloseTerminal((terminal) => void this.readings.delete(terminal)),
      tasks.onDidStartTaskProcess(
        ({ execution, processId }) => void this.processes.set(execution, processId),
      ),
    );
  }

  /** Of a task of ours that has ended, once. Undefined where it cannot be known, or is none of our business. */
  async take(execution: TaskExecution): Promise<TaskOutput | undefined> {
    const processId = this.processes.get(execution);
    if (processId === undefined || !isRead(execution)) return undefined;
    for (const [terminal, reading] of this.readings) {
      // A terminal has one task after the other, and the process of the last one.
      if ((await terminal.processId) !== processId) continue;
      this.readings.delete(terminal);
      await Promise.race([reading.done, new Promise((resolve) => setTimeout(resolve, longestWait))]);
      return { terminal, text: reading.text };
    }
    return undefined;
  }

  dispose(): void {
    this.following.dispose();
  }
}

function follow(chunks: AsyncIterable<string>): Reading {
  const read = async () => {
    for await (const chunk of chunks) {
      // What shells and other tasks print is left alone.
      if (!tasks.taskExecutions.some(isRead)) return;
      reading.text += chunk;
      if (reading.text.length > 2 * mostKept) reading.text = reading.text.slice(-mostKept);
    }
  };
  const reading = { text: "", done: Promise.resolve() };
  reading.done = read();
  return reading;
}

/** A shell on a machine is the person's. */
function isRead({ task: { definition } }: TaskExecution): boolean {
  return definition.type === taskType && (definition as ClanTaskDefinition).command[0] !== "ssh";
}
