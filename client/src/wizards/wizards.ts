/** The commands that ask a person for something new of a clan and write it: a machine, an instance, a generator. */
import { commands, Disposable } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { addInstanceCommand, newMachineCommand } from "../../../shared/requests.ts";
import { type Inventory, pickClan } from "../inventory.ts";
import { entryCommands } from "../views/entry-commands.ts";
import { addInstance } from "./add-instance.ts";
import { addMembers } from "./add-members.ts";
import { newGenerator } from "./new-generator.ts";
import { newMachine } from "./new-machine.ts";
import type { Started, Wizard } from "./wizard.ts";

const wizards: Readonly<Record<string, Wizard>> = {
  [newMachineCommand]: newMachine,
  [addInstanceCommand]: addInstance,
  [entryCommands.newGenerator.id]: newGenerator,
  [entryCommands.addMembers.id]: addMembers,
};

/** Until disposed. */
export function registerWizards(client: BaseLanguageClient, inventory: Inventory): Disposable {
  return Disposable.from(
    ...Object.entries(wizards).map(([command, wizard]) =>
      commands.registerCommand(command, async (started: Started = {}) => {
        const root = started.root ?? started.target?.root ?? started.thing?.root;
        const clans = await inventory();
        const clan = await pickClan(root === undefined ? clans : clans.filter((each) => each.root === root));
        if (clan !== undefined) await wizard(client, clan, started);
      }),
    ),
  );
}
