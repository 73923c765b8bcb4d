/**
 * "Clan: Update Machines…" and "Clan: Generate Vars…": pick machines from the inventory, then run a task.
 * Code lenses and code actions of the server call them with the machines already chosen.
 */
import { commands, type Disposable, Task, tasks, Uri, window } from "vscode";
import { type MachineCommandArguments, machineCommands } from "../../shared/requests.ts";
import { generatorOptions } from "./argv.ts";
import { locateOrAskForClan } from "./cli.ts";
import { type Inventory, pickClan } from "./inventory.ts";
import { pickMachines } from "./machine-picker.ts";
import type { Platform } from "./platform.ts";
import { clanDefinition, clanTask } from "./tasks.ts";
import { allowedPrograms } from "./trust.ts";

interface MachineCommand {
  readonly id: string;
  readonly title: string;
  readonly command: readonly string[];
}

const all: readonly MachineCommand[] = [
  { id: machineCommands.update, title: "Update Machines", command: ["machines", "update"] },
  { id: machineCommands.generateVars, title: "Generate Vars", command: ["vars", "generate"] },
];

export function registerMachineCommands(platform: Platform, inventory: Inventory): Disposable[] {
  return all.map((command) =>
    commands.registerCommand(command.id, (chosen?: MachineCommandArguments) =>
      runMachineCommand(command, platform, inventory, chosen),
    ),
  );
}

/** Every way out before the task starts has told the person why, or was the person's own. */
async function runMachineCommand(
  { title, command }: MachineCommand,
  platform: Platform,
  inventory: Inventory,
  chosen: MachineCommandArguments | undefined,
): Promise<void> {
  const programs = allowedPrograms(platform);
  if (programs === undefined) return;
  const target = chosen ?? (await pickTarget(title, inventory));
  if (target === undefined || !(await mayReplace(target))) return;
  const folder = Uri.parse(target.root);
  const clan = await locateOrAskForClan(programs, folder);
  if (clan === undefined) return;
  const { machines, generator, replaces } = target;
  const options = generator === undefined ? [] : generatorOptions(generator, replaces !== undefined);
  const task = clanTask(clanDefinition(folder, command, machines, options), folder, clan);
  if (task instanceof Task) await tasks.executeTask(task);
  else void window.showErrorMessage(task.refused);
}

/** What is there is lost: the person is asked, and told what. */
async function mayReplace({ generator, replaces }: MachineCommandArguments): Promise<boolean> {
  if (replaces === undefined) return true;
  const confirm = "Regenerate";
  const detail = `These files are replaced, and their old content is lost:\n${replaces.join("\n")}`;
  const answer = await window.showWarningMessage(
    `Regenerate ${generator}?`,
    { modal: true, detail },
    confirm,
  );
  return answer === confirm;
}

async function pickTarget(title: string, inventory: Inventory): Promise<MachineCommandArguments | undefined> {
  const clan = await pickClan(await inventory());
  if (clan === undefined) return undefined;
  const machines = await pickMachines(title, clan);
  return machines && { root: clan.root, machines };
}
