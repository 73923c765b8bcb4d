/**
 * "Clan: New Machine…": asks for a name and a class, saying what each would change, and adds the machine to the inventory, with
 * its folder. Nothing is saved: what was written is shown, and undone in one step.
 */
import { commands, type Disposable, Range, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient, WorkspaceEdit as LspWorkspaceEdit, TextEdit } from "vscode-languageclient";
import {
  type NewMachineArguments,
  type NewMachineParams,
  newMachineCommand,
  newMachineRequest,
} from "../../shared/requests.ts";
import { clanName } from "./clan-name.ts";
import { newMachineProblem } from "./commands/names.ts";
import { describeAddition } from "./describe-edit.ts";
import { type Inventory, pickClan } from "./inventory.ts";

export function registerNewMachine(client: BaseLanguageClient, inventory: Inventory): Disposable {
  return commands.registerCommand(newMachineCommand, (chosen?: Partial<NewMachineArguments>) =>
    addMachine(client, inventory, chosen?.root),
  );
}

async function addMachine(
  client: BaseLanguageClient,
  inventory: Inventory,
  root: string | undefined,
): Promise<void> {
  const clans = await inventory();
  const clan = await pickClan(root === undefined ? clans : clans.filter((each) => each.root === root));
  if (clan === undefined) return;
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
      const edit = await client.sendRequest<LspWorkspaceEdit | null>(newMachineRequest, params);
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
  const changes = await client.protocol2CodeConverter.asWorkspaceEdit(picked.edit);
  if (await workspace.applyEdit(changes)) await showWritten(picked.edit);
}

const classes = [
  { label: "NixOS", description: "", machineClass: "nixos" },
  { label: "macOS", description: "with nix-darwin", machineClass: "darwin" },
] as const;

const shownPath = (uri: string) => workspace.asRelativePath(Uri.parse(uri));

/** The place in the inventory, where the machine goes on to be written. */
async function showWritten({ changes = {}, documentChanges = [] }: LspWorkspaceEdit): Promise<void> {
  const texts = [
    ...Object.entries(changes),
    ...documentChanges.flatMap((change) =>
      // Our server sends no snippets.
      "textDocument" in change ? [[change.textDocument.uri, change.edits as TextEdit[]] as const] : [],
    ),
  ];
  const [uri, [edit] = []] = texts.at(-1) ?? [];
  if (uri === undefined || edit === undefined) return;
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const { line, character } = edit.range.start;
  const at = document.offsetAt(document.positionAt(0).with(line, character));
  // The text before the name may begin with a line break.
  const position = document.positionAt(at + edit.newText.search(/\S|$/));
  await window.showTextDocument(document, { selection: new Range(position, position) });
}
