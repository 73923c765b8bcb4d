/** The clans of the workspace, as the server sees them, and the person's choice among them. */
import { Uri, window, workspace } from "vscode";
import type { ClanSummary } from "../../shared/requests.ts";
import { clanName } from "./clan-name.ts";

/** Asks for the clans as they are now, unsaved edits included. Rejects when the server does not run. */
export type Inventory = () => Promise<readonly ClanSummary[]>;

/** The clan meant: the only one, or the one the person picks. Undefined when none; an empty list is explained. */
export async function pickClan(clans: readonly ClanSummary[]): Promise<ClanSummary | undefined> {
  if (clans.length === 0) {
    void window.showInformationMessage(
      "There is no clan in this workspace: no flake.nix that defines one, and no clan.nix.",
    );
    return undefined;
  }
  if (clans.length === 1) return clans[0];
  const items = clans.map((clan) => ({
    label: clanName(clan),
    description: workspace.asRelativePath(Uri.parse(clan.root)),
    clan,
  }));
  const item = await window.showQuickPick(items, { title: "Clan", placeHolder: "Which clan?" });
  return item?.clan;
}

/** The folder of the clan that the file belongs to: of several, the innermost. */
export async function rootOfFile(inventory: Inventory, file: Uri): Promise<string | undefined> {
  const clans = await inventory().catch(() => []);
  const roots = clans.map(({ root }) => root).filter((root) => file.toString().startsWith(`${root}/`));
  return roots.sort((one, other) => other.length - one.length)[0];
}
