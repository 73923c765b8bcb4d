/** The sidebar of the clan: its machines, and its services. */
import { Disposable, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { ClanSummary } from "../../../shared/requests.ts";
import type { AffectedMachines } from "../affected/affected-machines.ts";
import type { VarsOf } from "../commands/dialogue.ts";
import type { Inventory } from "../inventory.ts";
import { noteOn } from "../runs/run.ts";
import type { Runs } from "../runs/runs.ts";
import { affectedEntries, affectedSection } from "./affected-entries.ts";
import { ClanData } from "./clan-data.ts";
import type { TreeEntry } from "./entry.ts";
import { registerEntryCommands } from "./entry-actions.ts";
import { machineTree } from "./machine-tree.ts";
import { serviceTree } from "./service-tree.ts";
import { type Asked, EntryTree } from "./tree-view.ts";

/** What happens while they are shown. */
export interface Followed {
  readonly runs: Runs;
  /** Undefined in a browser. */
  readonly affected: AffectedMachines | undefined;
}

/** Until disposed. The views only read, so they need no trust. */
export function registerViews(
  client: BaseLanguageClient,
  inventory: Inventory,
  varsOf: VarsOf,
  { runs, affected }: Followed,
): Disposable {
  const data = new ClanData(client, inventory, [
    runs.onDidChange,
    ...(affected ? [affected.onDidChange] : []),
  ]);
  const sectionsOf = (clan: ClanSummary): readonly TreeEntry[] => {
    // What is compared with is asked of git. A clan without machines has the text that says so, in place of rows.
    if (affected === undefined || !workspace.isTrusted || clan.machines.length === 0) return [];
    return [affectedSection(clan, affected.revisionOf(clan.root))];
  };
  const ask: Asked = {
    varsOf,
    async affectedOf(root, parent) {
      const clan = (await data.clans()).find((one) => one.root === root);
      const comparison = await affected?.of(root);
      return clan === undefined || comparison === undefined ? [] : affectedEntries(comparison, clan, parent);
    },
  };
  const trees: Record<string, (clans: readonly ClanSummary[]) => readonly TreeEntry[]> = {
    "clan.machines": (clans) =>
      machineTree(
        clans,
        (root, machine) => {
          const run = runs.lastOn(root, machine);
          return run && noteOn(run, machine);
        },
        sectionsOf,
      ),
    "clan.services": serviceTree,
  };
  const views = Object.entries(trees).map(([id, treeOf]) =>
    window.registerTreeDataProvider(
      id,
      new EntryTree(async () => treeOf(await data.clans()), ask, data.onDidChange),
    ),
  );
  return Disposable.from(data, ...views, ...registerEntryCommands());
}
