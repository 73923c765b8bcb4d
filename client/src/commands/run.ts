/**
 * Runs the commands of the list: asks for what each needs, then starts a task. "Clan: Run…" lists them all.
 * Code lenses and code actions of the server, and the menus of views, call them with what they are for.
 */
import {
  commands,
  type Disposable,
  type QuickPickItem,
  QuickPickItemKind,
  Task,
  ThemeIcon,
  tasks,
  Uri,
  window,
} from "vscode";
import { machineCommands } from "../../../shared/requests.ts";
import { locateOrAskForClan } from "../clan-cli/locate.ts";
import type { Platform } from "../platform.ts";
import type { Runs } from "../runs/runs.ts";
import { clanDefinition, clanTask } from "../tasks.ts";
import { allowedPrograms } from "../trust.ts";
import type { TreeEntry } from "../views/entry.ts";
import { invocationOf } from "./argv.ts";
import { type DeployProblemsOf, mayDeploy } from "./before-deploy.ts";
import { chooseTarget, type Dialogue } from "./choose.ts";
import { clanCommands } from "./clan-commands.ts";
import { type ClanCommand, isForMachine, paletteTitle, synopsis, type Target, takesAny } from "./command.ts";
import { isFree, refuseSecondRuns } from "./running.ts";

/** Until disposed: every command of the list, and "Clan: Run…". */
export function registerClanCommands(
  platform: Platform,
  dialogue: Dialogue,
  problemsOf: DeployProblemsOf,
  runs: Runs,
): Disposable[] {
  const run = (command: ClanCommand, chosen?: Target) =>
    runCommand(command, platform, { dialogue, problemsOf, runs }, chosen);
  return [
    refuseSecondRuns(runs),
    ...clanCommands.map((command) =>
      commands.registerCommand(command.id, (chosen?: Chosen, selected?: readonly TreeEntry[]) =>
        run(command, takesAny(command) ? targetOfAll(chosen, selected) : targetOf(chosen)),
      ),
    ),
    commands.registerCommand(machineCommands.run, async (from?: Chosen) => {
      const chosen = targetOf(from);
      if (allowedPrograms(platform) === undefined) return;
      const command = await pickCommand(chosen);
      if (command !== undefined) await run(command, chosen);
    }),
  ];
}

/** What a code lens or an action of the server hands over, or the entry of a view whose menu was opened. */
type Chosen = Target | TreeEntry;

/** Of several rows that are selected, all machines of the clan that the menu was opened in, sorted. */
function targetOfAll(chosen: Chosen | undefined, selected: readonly TreeEntry[] = []): Target | undefined {
  const target = targetOf(chosen);
  if (target === undefined) return undefined;
  const others = selected.flatMap((entry) =>
    entry.target?.root === target.root ? entry.target.machines : [],
  );
  const machines = [...new Set([...target.machines, ...others])].sort();
  return { ...target, machines };
}

function targetOf(chosen: Chosen | undefined): Target | undefined {
  return chosen !== undefined && "label" in chosen ? chosen.target : chosen;
}

interface Surroundings {
  readonly dialogue: Dialogue;
  readonly problemsOf: DeployProblemsOf;
  readonly runs: Runs;
}

/** Every way out before the task starts has told the person why, or was the person's own. */
async function runCommand(
  command: ClanCommand,
  platform: Platform,
  { dialogue, problemsOf, runs }: Surroundings,
  chosen: Target | undefined,
): Promise<void> {
  const programs = allowedPrograms(platform);
  if (programs === undefined) return;
  const target = await chooseTarget(command, dialogue, chosen);
  if (target === undefined || !(await mayDeploy(command, target, problemsOf))) return;
  const folder = Uri.parse(target.root);
  const clan = await locateOrAskForClan(programs, folder);
  if (clan === undefined) return;
  const invocation = invocationOf(command, target);
  const task =
    "refused" in invocation ? invocation : clanTask(clanDefinition(folder, invocation), folder, clan);
  if (!(task instanceof Task)) {
    void window.showErrorMessage(task.refused);
    return;
  }
  if (!("refused" in invocation) && !(await isFree(runs, folder, invocation))) return;
  // What is typed next is the answer to clan.
  if (command.interactive) task.presentationOptions = { focus: true };
  await tasks.executeTask(task);
}

interface CommandItem extends QuickPickItem {
  readonly command?: ClanCommand;
}

const icons = { reads: "eye", changes: "edit", destroys: "warning" } as const;

/** One of all commands; of those that are for machines, where machines are chosen already. */
async function pickCommand(chosen: Target | undefined): Promise<ClanCommand | undefined> {
  const fitting = clanCommands.filter((command) => chosen === undefined || isForMachine(command));
  const items = fitting.flatMap((command, index): CommandItem[] => {
    const item = {
      label: paletteTitle(command),
      description: synopsis(command),
      detail: command.summary,
      iconPath: new ThemeIcon(icons[command.effect]),
      command,
    };
    if (fitting[index - 1]?.group === command.group) return [item];
    return [{ label: command.group, kind: QuickPickItemKind.Separator }, item];
  });
  const title = ["Run", ...(chosen?.machines ?? [])].join(" ");
  const item = await window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true });
  return item?.command;
}
