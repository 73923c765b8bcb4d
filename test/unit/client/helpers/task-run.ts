/** A task that runs and ends in the editor in memory, in a terminal that prints. */
import { type Task, type TaskExecution, Uri, type WorkspaceFolder } from "vscode";
import { editor } from "./editor.ts";
import { settled } from "./machine.ts";

const infra = (): WorkspaceFolder => ({ uri: Uri.parse("file:///clan"), name: "clan", index: 0 });

let processes = 100;

/** It runs from now on. `printed`: what its terminal shows; undefined where VS Code does not tell of that. */
export async function beginTask(
  task: Partial<Task>,
  printed?: string | (() => AsyncIterable<string>),
): Promise<TaskExecution> {
  const definition = { type: "clan", command: ["show"] };
  const whole = { definition, name: "show", source: "clan", scope: infra(), ...task } as Task;
  const processId = processes++;
  editor.running.push(whole);
  const execution = editor.executionOf(whole);
  editor.events.taskStarted.fire({ execution });
  const terminal = {
    name: whole.name,
    processId: Promise.resolve(processId),
    show: () => editor.executed.push(["show terminal", whole.name]),
    sendText: (text: string) => editor.executed.push(["type", text]),
  };
  editor.terminals.push(terminal);
  if (printed !== undefined) {
    const read = typeof printed === "string" ? () => inPieces(printed) : printed;
    editor.events.terminalRuns.fire({ terminal, execution: { read } });
  }
  editor.events.processStarted.fire({ execution, processId });
  await settled();
  return execution;
}

/** `exitCode`: undefined where it was ended. */
export async function endTask(execution: TaskExecution, exitCode: number | undefined): Promise<void> {
  editor.running.splice(editor.running.indexOf(execution.task), 1);
  editor.events.taskEnded.fire({ execution, exitCode });
  editor.events.taskGone.fire({ execution });
  await settled();
  await settled();
}

/** Not at the ends of lines. */
async function* inPieces(text: string): AsyncIterable<string> {
  for (let start = 0; start < text.length; start += 7) yield text.slice(start, start + 7);
}
