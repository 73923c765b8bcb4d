/** Puts the extension together on a platform: log, language server, commands, views and tasks. */
import { commands, type ExtensionContext, tasks, window, workspace } from "vscode";
import {
  type ClanSummary,
  type DeployProblemsSummary,
  deployProblemsRequest,
  inventoryRequest,
  type ThingAtSummary,
  thingAtRequest,
  type VarsSummary,
  varsRequest,
} from "../../shared/requests.ts";
import { registerAdopt } from "./adopt/adopt.ts";
import { registerAffectedActions } from "./affected/affected-actions.ts";
import { registerAffectedLens } from "./affected/affected-lens.ts";
import { AffectedMachines } from "./affected/affected-machines.ts";
import { registerAffectedMachines } from "./affected/update-affected.ts";
import { NixAsker } from "./ask-nix.ts";
import { CommandSearch } from "./clan-cli/search.ts";
import { registerChooseClanCommand, showClanCommand } from "./clan-cli/status.ts";
import { listBackups } from "./commands/backups.ts";
import type { DeployProblemsOf } from "./commands/before-deploy.ts";
import { createDialogue, type VarsOf } from "./commands/dialogue.ts";
import { registerClanCommands } from "./commands/run.ts";
import { registerDocuments } from "./documents.ts";
import { followClans } from "./has-clan.ts";
import { registerLanguageModelTools } from "./language-model-tools.ts";
import { followOtherNixServer } from "./other-nix-server.ts";
import type { Platform } from "./platform.ts";
import { offerRemoval } from "./remove-machine.ts";
import { Restarts } from "./restarts.ts";
import { reportRuns } from "./runs/report.ts";
import { showRuns } from "./runs/run-status.ts";
import { Runs } from "./runs/runs.ts";
import { showLogCommand, showServerStatus } from "./server-status.ts";
import { registerShowPlaces } from "./show-places.ts";
import { registerTaskCompletion } from "./task-completion.ts";
import { clanTaskProvider, taskType } from "./tasks.ts";
import { registerTerminalLinks } from "./terminal-link-provider.ts";
import { registerTopology } from "./topology/topology.ts";
import { registerTrackFiles } from "./track-files.ts";
import { registerViews } from "./views/clan-views.ts";
import type { ThingAtOf } from "./views/follow-cursor.ts";
import { registerBegin } from "./wizards/begin.ts";
import { registerWizards } from "./wizards/wizards.ts";

/**
 * Registers everything and has the server start, without waiting for it: questions to it wait by themselves. All of it ends
 * with `context.subscriptions`. Of a server that does not start the person is told, and the commands stay to say so again.
 */
export async function activateExtension(context: ExtensionContext, platform: Platform): Promise<void> {
  const log = window.createOutputChannel("Clan", { log: true });
  const restarts = new Restarts();
  const client = await platform.createClient(context, log, restarts);
  const restart = async () => {
    if (restarts.startNow()) return;
    if (client.needsStop()) await client.stop();
    await client.start();
  };
  const inventory = () => client.sendRequest<readonly ClanSummary[]>(inventoryRequest, {});
  const varsOf: VarsOf = (params) => client.sendRequest<VarsSummary>(varsRequest, params);
  const problemsOf: DeployProblemsOf = (params) =>
    client.sendRequest<DeployProblemsSummary>(deployProblemsRequest, params);
  const thingAt: ThingAtOf = (params) => client.sendRequest<ThingAtSummary | null>(thingAtRequest, params);
  const backupsOf = listBackups(() => (workspace.isTrusted ? platform.programs : undefined));
  const runs = new Runs(inventory);
  const command = platform.programs && new CommandSearch();
  const affected = platform.programs && new AffectedMachines(platform.programs, context.workspaceState, runs);
  context.subscriptions.push(
    log,
    client,
    restarts,
    showServerStatus(client, restarts),
    followClans(client, inventory),
    followOtherNixServer(() => {
      // A server that is only just starting cannot be stopped; it has asked, or will.
      restart().catch((error: unknown) => log.warn(`the language server was not restarted: ${error}`));
    }),
    commands.registerCommand(showLogCommand, () => log.show()),
    commands.registerCommand("clan.restartServer", restart),
    ...registerClanCommands(platform, createDialogue(inventory, varsOf, backupsOf), problemsOf, runs),
    registerAffectedMachines(platform, inventory),
    registerTrackFiles(platform),
    registerChooseClanCommand(platform, inventory),
    new NixAsker(platform, client, context.workspaceState, log).register(),
    registerShowPlaces(),
    registerLanguageModelTools(context.extension, client),
    registerAdopt(client),
    registerWizards(client, inventory),
    registerBegin(context.extension.id),
    registerTopology(context, client, inventory, thingAt),
    registerDocuments(client, context.extensionUri),
    runs,
    showRuns(runs),
    registerAffectedActions(affected),
    registerViews(client, inventory, varsOf, {
      runs,
      affected,
      thingAt,
      command,
      state: context.workspaceState,
    }),
  );
  if (platform.programs !== undefined && affected !== undefined && command !== undefined) {
    context.subscriptions.push(
      affected,
      command,
      registerAffectedLens(affected, inventory),
      tasks.registerTaskProvider(taskType, clanTaskProvider(platform.programs, inventory)),
      registerTaskCompletion(inventory, varsOf),
      showClanCommand(platform.programs, inventory, command),
      registerTerminalLinks(inventory),
      reportRuns(runs, inventory, (done, folder, machine) => offerRemoval(client, done, folder, machine)),
    );
  }
  // The client tells the person itself when its server cannot be started.
  void client.start().catch((error: unknown) => log.error(`the language server did not start: ${error}`));
}
