/** "Clan: New Machine…": asks for a name and a class, and adds the machine to the inventory, with its folder. */
import { window } from "vscode";
import type { WorkspaceEdit } from "vscode-languageclient";
import { type NewMachineParams, newMachineRequest } from "../../../shared/requests.ts";
import { clanName } from "../clan-name.ts";
import { newMachineProblem } from "../commands/names.ts";
import { describeAddition } from "./describe-edit.ts";
import { offerEdit, shownPath, type Wizard } from "./wizard.ts";

export const newMachine: Wizard = async (client, clan) => {
  const title = `New Machine: ${clanName(clan)}`;
  const existing = clan.machines.map(({ name }) => name);
  const name = await window.showInputBox({
    title,
    prompt: "The hostname of the new machine",
    validateInput: (text) => newMachineProblem(text, existing),
  });
  if (name === undefined) return;
  const choices = await Promise.all(
    classes.map(async ({ label, description, machineClass }) => {
      const params: NewMachineParams = { root: clan.root, name, class: machineClass };
      const edit = await client.sendRequest<WorkspaceEdit | null>(newMachineRequest, params);
      return { label, description, edit, detail: edit === null ? "" : describeAddition(edit, shownPath) };
    }),
  );
  if (choices.every(({ edit }) => edit === null)) {
    void window.showInformationMessage(
      `The inventory of ${clanName(clan)} is computed by code. Add the machine ${name} there by hand.`,
    );
    return;
  }
  const picked = await window.showQuickPick(choices, { title, placeHolder: "What does it run?" });
  if (picked?.edit === undefined || picked.edit === null) return;
  await offerEdit(client, `Add the machine ${name}?`, picked.edit);
};

const classes = [
  { label: "NixOS", description: "", machineClass: "nixos" },
  { label: "macOS", description: "with nix-darwin", machineClass: "darwin" },
] as const;
