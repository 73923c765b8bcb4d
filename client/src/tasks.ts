/**
 * The task type `clan`: a leaf command of `clan` for some machines, run as a process with an argument vector.
 *
 *   { "type": "clan", "command": ["machines", "update"], "machines": ["web"] }   in tasks.json
 */
import {
  ProcessExecution,
  Task,
  type TaskDefinition,
  type TaskProvider,
  TaskScope,
  Uri,
  type WorkspaceFolder,
  workspace,
} from "vscode";
import { clanArguments, machineCommandLines } from "./argv.ts";
import { locateClan } from "./cli.ts";
import type { Inventory } from "./inventory.ts";
import type { Programs } from "./platform.ts";
import { clanCommand } from "./settings.ts";

export const taskType = "clan";

/** What tasks.json says of a task; the manifest's `taskDefinitions` is its schema. */
export interface ClanTaskDefinition extends TaskDefinition {
  readonly type: typeof taskType;
  readonly command: readonly string[];
  /** Absent or empty: all machines. */
  readonly machines?: readonly string[];
  readonly options?: readonly string[];
  /** The clan's folder, relative to the workspace folder (or absolute); absent: the workspace folder. */
  readonly folder?: string;
}

/**
 * The task of a definition, run in `folder` by `clan` (the program and the arguments before clan's own).
 * Or why it cannot be run, a sentence for a person.
 */
export function clanTask(
  definition: ClanTaskDefinition,
  folder: Uri,
  [program = "clan", ...before]: readonly string[],
): Task | { readonly refused: string } {
  const { command, machines = [], options = [] } = definition;
  const vector = clanArguments({ command, machines, options });
  if ("refused" in vector) return vector;
  const execution = new ProcessExecution(program, [...before, ...vector.arguments], { cwd: folder.fsPath });
  const scope = workspace.getWorkspaceFolder(folder) ?? TaskScope.Workspace;
  const name = [...command, ...(machines.length === 0 ? ["(all machines)"] : machines)].join(" ");
  return new Task(definition, scope, name, taskType, execution);
}

/** The definition of a task for the clan in the folder `root`. */
export function clanDefinition(
  root: Uri,
  command: readonly string[],
  machines: readonly string[],
  options: readonly string[] = [],
): ClanTaskDefinition {
  const folder = workspace.asRelativePath(root, false);
  const isWorkspaceFolder = workspace.getWorkspaceFolder(root)?.uri.toString() === root.toString();
  return {
    type: taskType,
    command,
    machines,
    ...(options.length === 0 ? {} : { options }),
    ...(isWorkspaceFolder ? {} : { folder }),
  };
}

/** Offers every command of each clan for all its machines, and runs what tasks.json defines. */
export function clanTaskProvider(programs: Programs, inventory: Inventory): TaskProvider {
  const program = async (folder: Uri) => (await locateClan(programs, folder)) ?? clanCommand(folder);
  return {
    async provideTasks() {
      const offered: Task[] = [];
      for (const { root } of await inventory()) {
        const folder = Uri.parse(root);
        const found = await program(folder);
        for (const command of machineCommandLines) {
          const task = clanTask(clanDefinition(folder, command, []), folder, found);
          if (task instanceof Task) offered.push(task);
        }
      }
      return offered;
    },
    async resolveTask(task) {
      // tasks.json is checked against the manifest's schema by the editor, which only warns.
      const definition = task.definition as ClanTaskDefinition;
      const workspaceFolder = isWorkspaceFolder(task.scope) ? task.scope : workspace.workspaceFolders?.[0];
      if (workspaceFolder === undefined) return undefined;
      const folder = taskFolder(workspaceFolder, definition.folder);
      const resolved = clanTask(definition, folder, await program(folder));
      if (resolved instanceof Task) return resolved;
      // VS Code shows what a provider throws in the output of tasks.
      throw new Error(resolved.refused);
    },
  };
}

function isWorkspaceFolder(scope: Task["scope"]): scope is WorkspaceFolder {
  return typeof scope === "object";
}

function taskFolder(workspaceFolder: WorkspaceFolder, folder: string | undefined): Uri {
  if (folder === undefined) return workspaceFolder.uri;
  return folder.startsWith("/")
    ? workspaceFolder.uri.with({ path: folder })
    : Uri.joinPath(workspaceFolder.uri, folder);
}
