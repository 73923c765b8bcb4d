/** Tasks of the type `clan`: those offered for the workspace's clan, and those tasks.json defines. */
import { ProcessExecution, type Task, tasks, Uri, workspace } from "vscode";
import { assertEqual, assertFound } from "./assert.ts";
import { openClanFile } from "./clan-file.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

describe("tasks", () => {
  before(openClanFile);

  it("offers what needs no more said, for all machines, as argument vectors", async () => {
    const offered = await tasks.fetchTasks({ type: "clan" });
    const lines = offered.map((task) => processOf(task).args.join(" "));
    assertEqual(lines.sort(), [
      "machines build",
      "machines generations",
      "machines list",
      "machines update",
      "network overview",
      "secrets groups list",
      "secrets key show",
      "secrets list",
      "secrets machines list",
      "secrets users list",
      "show",
      "vars check",
      "vars fix",
      "vars generate",
      "vars keygen",
    ]);
  });

  it("runs a task of tasks.json in the clan's folder", async () => {
    const folder = assertFound(workspace.workspaceFolders?.[0], "workspace folder");
    const definition = {
      type: "clan",
      command: ["machines", "build"],
      machines: ["hetzner-01"],
      options: ["--debug"],
    };
    const text = JSON.stringify({ version: "2.0.0", tasks: [{ ...definition, label: "Build one" }] });
    await workspace.fs.writeFile(Uri.joinPath(folder.uri, ".vscode/tasks.json"), encoder.encode(text));
    await runToEnd(await taskNamed("Build one"));
    const record = await workspace.fs.readFile(Uri.joinPath(folder.uri, "../stand-in.jsonl"));
    assertEqual(JSON.parse(decoder.decode(record)), {
      program: "clan",
      arguments: ["machines", "build", "hetzner-01", "--debug"],
      folder: folder.uri.fsPath,
    });
  });
});

function processOf({ execution }: Task): ProcessExecution {
  return assertFound(execution instanceof ProcessExecution ? execution : undefined, "process execution");
}

/** The task with this name, once VS Code has noticed that tasks.json is there. */
async function taskNamed(name: string): Promise<Task> {
  for (;;) {
    const found = (await tasks.fetchTasks()).find((task) => task.name === name);
    if (found !== undefined) return found;
  }
}

async function runToEnd(task: Task): Promise<void> {
  await new Promise<void>((resolve) => {
    const listening = tasks.onDidEndTaskProcess(({ execution }) => {
      if (execution.task.name !== task.name) return;
      listening.dispose();
      resolve();
    });
    void tasks.executeTask(task);
  });
}
