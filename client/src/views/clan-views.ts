/** The sidebar of the clan: its machines, and its services. */
import { Disposable, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { VarsOf } from "../commands/dialogue.ts";
import type { Inventory } from "../inventory.ts";
import { ClanData } from "./clan-data.ts";
import { registerEntryCommands } from "./entry-actions.ts";
import { machineTree } from "./machine-tree.ts";
import { serviceTree } from "./service-tree.ts";
import { EntryTree } from "./tree-view.ts";

const trees = { "clan.machines": machineTree, "clan.services": serviceTree };

/** Until disposed. The views only read, so they need no trust. */
export function registerViews(client: BaseLanguageClient, inventory: Inventory, varsOf: VarsOf): Disposable {
  const data = new ClanData(client, inventory);
  const views = Object.entries(trees).map(([id, treeOf]) =>
    window.registerTreeDataProvider(
      id,
      new EntryTree(async () => treeOf(await data.clans()), varsOf, data.onDidChange),
    ),
  );
  return Disposable.from(data, ...views, ...registerEntryCommands());
}
