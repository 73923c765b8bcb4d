/** What the row "Affected Machines" of the sidebar does: update them, compare with another revision, compare again. */
import { commands, Disposable } from "vscode";
import type { TreeEntry } from "../views/entry.ts";
import { entryCommands } from "../views/entry-commands.ts";
import type { AffectedMachines } from "./affected-machines.ts";
import { askForRevision, type ChosenComparison, updateAffectedCommand } from "./update-affected.ts";

/** Until disposed. `affected`: undefined in a browser, which has no such row. */
export function registerAffectedActions(affected: AffectedMachines | undefined): Disposable {
  const on = (id: string, act: (affected: AffectedMachines, root: string) => Promise<unknown>) =>
    commands.registerCommand(id, async ({ target }: TreeEntry) => {
      if (affected !== undefined && target !== undefined) await act(affected, target.root);
    });
  return Disposable.from(
    on(entryCommands.updateAffected.id, async (machines, root) => {
      const chosen: ChosenComparison = { root, revision: machines.revisionOf(root) };
      await commands.executeCommand(updateAffectedCommand, chosen);
    }),
    on(entryCommands.compareWith.id, async (machines, root) => {
      const revision = await askForRevision("Compare With", machines.revisionOf(root));
      if (revision !== undefined) await machines.choose(root, revision);
    }),
    on(entryCommands.refreshAffected.id, async (machines) => machines.forget()),
  );
}
