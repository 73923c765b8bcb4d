/** "Clan: New Machine…": asks for a name, a class, tags and where it is deployed, and adds the machine to the inventory, with its folder. */
import { window } from "vscode";
import type { WorkspaceEdit } from "vscode-languageclient";
import { type ClanSummary, type NewMachineParams, newMachineRequest } from "../../../shared/requests.ts";
import { clanName } from "../clan-name.ts";
import { hostProblem, newMachineProblem } from "../commands/names.ts";
import { pickMany } from "../pick-many.ts";
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
      return {
        label,
        description,
        machineClass,
        edit,
        detail: edit === null ? "" : describeAddition(edit, shownPath),
      };
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
  const tags = await pickTags(title, clan);
  if (tags === undefined) return;
  const host = await window.showInputBox({
    title,
    prompt: "Where it is deployed, as USER@HOST:PORT. Empty: said later",
    validateInput: hostProblem,
  });
  if (host === undefined) return;
  const isBare = tags.length === 0 && host === "";
  const params: NewMachineParams = {
    root: clan.root,
    name,
    class: picked.machineClass,
    tags,
    ...(host === "" ? {} : { targetHost: host }),
  };
  const edit = isBare
    ? picked.edit
    : await client.sendRequest<WorkspaceEdit | null>(newMachineRequest, params);
  if (edit !== null) await offerEdit(client, `Add the machine ${name}?`, edit);
};

/** Every machine has these, or all of its class. */
const predefined = new Set(["all", "nixos", "darwin"]);

/** Of those that other machines have; nothing is asked where there are none. Undefined when the person leaves. */
async function pickTags(title: string, { tags }: ClanSummary): Promise<readonly string[] | undefined> {
  const none = "No tags";
  const own = tags.filter(({ name }) => !predefined.has(name));
  if (own.length === 0) return [];
  const items = [
    ...own.map((tag) => ({ label: tag.name, description: tag.machines.join(", ") })),
    { label: none, description: "" },
  ];
  const picked = await pickMany(items, () => true, { title, placeholder: "Which tags?" });
  if (picked.length === 0) return undefined;
  return picked.map(({ label }) => label).filter((label) => label !== none);
}

const classes = [
  { label: "NixOS", description: "", machineClass: "nixos" },
  { label: "macOS", description: "with nix-darwin", machineClass: "darwin" },
] as const;
