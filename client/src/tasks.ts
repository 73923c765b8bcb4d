/**
 * The task type `clan`: a leaf command of `clan`, run as a process with an argument vector.
 *
 *   { "type": "clan", "command": ["machines", "update"], "machines": ["web"] }   in tasks.json
 */
import {
  CustomExecution,
  EventEmitter,
  ProcessExecution,
  type Pseudoterminal,
  Task,
  type TaskDefinition,
  type TaskProvider,
  TaskScope,
  Uri,
  type WorkspaceFolder,
  workspace,
} from "vscode";
import { locateClan, locateClanToOffer } from "./clan-cli/locate.ts";
import { type ClanInvocation, clanArguments, type Refused, taskRefusal } from "./commands/argv.ts";
import { clanCommands } from "./commands/clan-commands.ts";
import type { Inventory } from "./inventory.ts";
import type { Programs } from "./platform.ts";
import { clanCommand } from "./settings.ts";

export const taskType = "clan";

/** What tasks.json says of a task; the manifest's `taskDefinitions` is its schema. */
export interface ClanTaskDefinition extends TaskDefinition, ClanInvocation {
  readonly type: typeof taskType;
  /** The clan's folder, relative to the workspace folder (or absolute); absent: the workspace folder. */
  readonly folder?: string;
}

/**
 * The task of a definition, run in `folder` by `clan` (the program and the arguments before clan's own).
 * Or why it cannot be run.
 */
export function clanTask(
  definition: ClanTaskDefinition,
  folder: Uri,
  [program = "clan", ...before]: readonly string[],
): Task | Refused {
  const vector = clanArguments(definition);
  if ("refused" in vector) return vector;
  // By itself clan takes the root of the repository, or the clan that the person's CLAN_DIR names.
  const options = { cwd: folder.fsPath, env: { CLAN_DIR: folder.fsPath } };
  const execution = new ProcessExecution(program, [...before, ...vector.arguments], options);
  const scope = workspace.getWorkspaceFolder(folder) ?? TaskScope.Workspace;
  return new Task(definition, scope, taskName(definition), taskType, execution, noMatchers);
}

/** What clan prints is not made of files and lines: VS Code need not ask how to read it. */
const noMatchers: string[] = [];

/** The definition of a task for the clan in the folder `root`. */
export function clanDefinition(root: Uri, invocation: ClanInvocation): ClanTaskDefinition {
  const folder = workspace.asRelativePath(root, false);
  const isWorkspaceFolder = workspace.getWorkspaceFolder(root)?.uri.toString() === root.toString();
  return { type: taskType, ...invocation, ...(isWorkspaceFolder ? {} : { folder }) };
}

/** Offers every command of each clan that need not be told more, and runs what tasks.json defines. */
export function clanTaskProvider(programs: Programs, inventory: Inventory): TaskProvider {
  const program = async (folder: Uri, locate: typeof locateClan) =>
    (workspace.isTrusted ? await locate(programs, folder) : undefined) ?? clanCommand(folder) ?? ["clan"];
  return {
    async provideTasks() {
      const offered: Task[] = [];
      for (const { root } of await inventory()) {
        const folder = Uri.parse(root);
        const found = await program(folder, locateClanToOffer);
        for (const { words, asks } of clanCommands) {
          if (asks.some((subject) => subject !== "machines")) continue;
          const task = clanTask(clanDefinition(folder, { command: words }), folder, found);
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
      const refused = refusalOf(definition);
      const folder = taskFolder(workspaceFolder, definition.folder);
      const resolved =
        refused === undefined ? clanTask(definition, folder, await program(folder, locateClan)) : { refused };
      if (resolved instanceof Task) return resolved;
      // Of a provider without an answer VS Code says that there is none: the reason is what the task says.
      const says = new CustomExecution(async () => refusalTerminal(resolved.refused));
      return new Task(definition, workspaceFolder, task.name, taskType, says, noMatchers);
    },
  };
}

/** Why a tasks.json cannot have this run, a sentence for a person. Undefined where it can. */
export function refusalOf(definition: ClanInvocation): string | undefined {
  const vector = clanArguments(definition);
  return taskRefusal(definition) ?? ("refused" in vector ? vector.refused : undefined);
}

/** A terminal that says why, in place of a run. */
function refusalTerminal(reason: string): Pseudoterminal {
  const [written, closed] = [new EventEmitter<string>(), new EventEmitter<number>()];
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open() {
      written.fire(`${reason}\r\n`);
      closed.fire(1);
    },
    close: () => undefined,
  };
}

/**
 * "machines update (all machines)", "vars generate web --generator ca", "show in infra". It tells whatever tells two tasks
 * apart: lists and messages show nothing else.
 */
function taskName({
  command,
  machines = [],
  var: variable,
  names = [],
  options = [],
  folder,
}: ClanTaskDefinition): string {
  const isForAll =
    machines.length === 0 &&
    clanCommands.some(({ words, asks }) => words.join() === command.join() && asks.includes("machines"));
  const operands = [...machines, ...(variable === undefined ? [] : [variable]), ...names];
  const where = folder === undefined ? [] : ["in", folder];
  return [...command, ...(isForAll ? ["(all machines)"] : operands), ...options, ...where].join(" ");
}

function isWorkspaceFolder(scope: Task["scope"]): scope is WorkspaceFolder {
  return typeof scope === "object";
}

/** Where a task runs; undefined without a workspace folder. */
export function folderOfTask({ scope, definition }: Task): Uri | undefined {
  const workspaceFolder = isWorkspaceFolder(scope) ? scope : workspace.workspaceFolders?.[0];
  return workspaceFolder && taskFolder(workspaceFolder, (definition as ClanTaskDefinition).folder);
}

/** Where a task of the workspace folder runs, whose definition says `folder`. */
export function taskFolder(workspaceFolder: WorkspaceFolder, folder: string | undefined): Uri {
  if (folder === undefined) return workspaceFolder.uri;
  return folder.startsWith("/")
    ? workspaceFolder.uri.with({ path: folder })
    : Uri.joinPath(workspaceFolder.uri, folder);
}
