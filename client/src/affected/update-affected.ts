/**
 * "Clan: Update Affected Machines…": what has changed since a revision of git is compared as `clan-ls diff` compares it, and
 * the machines that concerns are offered, each with why.
 *
 *   web   tag srv, modules/nginx.nix     ->     clan machines update web
 */
import {
  commands,
  type Disposable,
  ProgressLocation,
  type QuickPickItem,
  Uri,
  window,
  workspace,
} from "vscode";
import { machineCommands } from "../../../shared/requests.ts";
import { clanName } from "../clan-name.ts";
import { type Inventory, pickClan } from "../inventory.ts";
import type { Platform, Programs } from "../platform.ts";
import { allowedPrograms } from "../trust.ts";
import { type Affected, type Comparison, compareWith, shortReasons } from "./comparison.ts";

interface MachineItem extends QuickPickItem {
  readonly machine: string;
}

/** Until disposed. */
export function registerAffectedMachines(platform: Platform, inventory: Inventory): Disposable {
  return commands.registerCommand(updateAffectedCommand, async (chosen?: ChosenComparison) => {
    const programs = allowedPrograms(platform);
    if (programs !== undefined) await updateAffected(programs, inventory, chosen);
  });
}

export const updateAffectedCommand = "clan.updateAffectedMachines";

/** What the sidebar shows already. */
export interface ChosenComparison {
  /** URI of the clan's folder. */
  readonly root: string;
  readonly revision: string;
}

/** Undefined when the person leaves. `value`: what is proposed. */
export async function askForRevision(title: string, value: string): Promise<string | undefined> {
  const typed = await window.showInputBox({
    title,
    prompt: "The revision of git that the machines have, such as a commit or a tag",
    value,
    validateInput: (text) => (text.trim() === "" ? "Name a revision." : undefined),
  });
  return typed?.trim();
}

async function updateAffected(
  programs: Programs,
  inventory: Inventory,
  chosen: ChosenComparison | undefined,
): Promise<void> {
  const clans = await inventory();
  const clan = await pickClan(
    chosen === undefined ? clans : clans.filter(({ root }) => root === chosen.root),
  );
  if (clan === undefined) return;
  const title = `Update Affected Machines: ${clanName(clan)}`;
  const revision = chosen?.revision ?? (await askForRevision(title, "HEAD"));
  if (revision === undefined) return;
  const folder = Uri.parse(clan.root);
  const affected = await compare(programs, revision, folder);
  if (affected === "cancelled") return;
  if ("problem" in affected) {
    void window.showErrorMessage(`Could not compare with ${revision}: ${affected.problem}.`);
    return;
  }
  const items = itemsOf(
    affected,
    clan.machines.map(({ name }) => name),
  );
  if (items.length === 0) {
    const others = othersIn(affected, items);
    void window.showInformationMessage(
      `No machine is affected by what has changed since ${revision}.${others === "" ? "" : ` ${others}`}`,
    );
    return;
  }
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: [comparedWith(revision, folder), othersIn(affected, items)].join(" ").trim(),
    canPickMany: true,
    matchOnDescription: true,
  });
  // Without a name, clan would update all.
  if (picked === undefined || picked.length === 0) return;
  const machines = picked.map(({ machine }) => machine);
  await commands.executeCommand(machineCommands.update, { root: clan.root, machines });
}

function compare(programs: Programs, revision: string, folder: Uri): Thenable<Comparison | "cancelled"> {
  const options = {
    title: `Comparing with ${revision}`,
    location: ProgressLocation.Notification,
    cancellable: true,
  };
  return window.withProgress(options, async (_progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const ended = await compareWith(programs, revision, folder.fsPath, abort.signal);
    return token.isCancellationRequested ? "cancelled" : ended;
  });
}

/** Those that are concerned, ticked; then those that may be. */
function itemsOf({ machines, unknown }: Affected, names: readonly string[]): MachineItem[] {
  const concerned = Object.entries(machines).map(([machine, { reasons }]) => ({
    machine,
    label: machine,
    description: shortReasons(reasons),
    picked: true,
  }));
  const uncertain = names.flatMap((machine) => {
    const why = unknown.find(({ path }) => path === `machines.${machine}`);
    return why === undefined ? [] : [{ machine, label: machine, description: `not known: ${why.reason}` }];
  });
  return [...concerned, ...uncertain];
}

/** What concerns machines that are not offered, in a sentence; empty where there is nothing of the kind. */
function othersIn({ unknown }: Affected, items: readonly MachineItem[]): string {
  const other = unknown.find(({ path }) => !items.some(({ machine }) => path === `machines.${machine}`));
  return other === undefined
    ? ""
    : `Other machines may be affected: ${other.path} is not known (${other.reason}).`;
}

/** What is said of the comparison: it is made of what is on disk, as a deploy is. */
function comparedWith(revision: string, { path }: Uri): string {
  const isLeftOut = workspace.textDocuments.some(
    ({ isDirty, uri }) => isDirty && uri.path.startsWith(`${path}/`),
  );
  return `Changed since ${revision}${isLeftOut ? ", but for files that are not saved" : ""}.`;
}
