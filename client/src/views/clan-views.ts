/** The sidebar of the clan: its machines, and its services. */
import { Disposable, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { ClanSummary } from "../../../shared/requests.ts";
import type { VarsOf } from "../commands/dialogue.ts";
import type { Inventory } from "../inventory.ts";
import { noteOn } from "../runs/run.ts";
import type { Runs } from "../runs/runs.ts";
import { ClanData } from "./clan-data.ts";
import type { TreeEntry } from "./entry.ts";
import { registerEntryCommands } from "./entry-actions.ts";
import { machineTree } from "./machine-tree.ts";
import { serviceTree } from "./service-tree.ts";
import { EntryTree } from "./tree-view.ts";

/** Until disposed. The views only read, so they need no trust. */
export function registerViews(
  client: BaseLanguageClient,
  inventory: Inventory,
  varsOf: VarsOf,
  runs: Runs,
): Disposable {
  const data = new ClanData(client, inventory, runs);
  const trees: Record<string, (clans: readonly ClanSummary[]) => readonly TreeEntry[]> = {
    "clan.machines": (clans) =>
      machineTree(clans, (root, machine) => {
        const run = runs.lastOn(root, machine);
        return run && noteOn(run, machine);
      }),
    "clan.services": serviceTree,
  };
  const views = Object.entries(trees).map(([id, treeOf]) =>
    window.registerTreeDataProvider(
      id,
      new EntryTree(async () => treeOf(await data.clans()), varsOf, data.onDidChange),
    ),
  );
  return Disposable.from(data, ...views, ...registerEntryCommands());
}
