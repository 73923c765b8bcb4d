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
import { machineCommands } from "../../shared/requests.ts";
import { clanName } from "./clan-name.ts";
import { type Inventory, pickClan } from "./inventory.ts";
import type { FinishedProgram, Platform, Programs } from "./platform.ts";
import { allowedPrograms } from "./trust.ts";

/** What `clan-ls diff --format json` prints. */
interface Affected {
  readonly machines: Readonly<Record<string, { readonly reasons: readonly Reason[] }>>;
  readonly unaffected: readonly string[];
  readonly unknown: readonly { readonly path: string; readonly reason: string }[];
}

interface Reason {
  readonly what: string;
  readonly path: string;
  readonly file: string;
}

interface MachineItem extends QuickPickItem {
  readonly machine: string;
}

/** Until disposed. */
export function registerAffectedMachines(platform: Platform, inventory: Inventory): Disposable {
  return commands.registerCommand("clan.updateAffectedMachines", async () => {
    const programs = allowedPrograms(platform);
    if (programs !== undefined) await updateAffected(programs, inventory);
  });
}

async function updateAffected(programs: Programs, inventory: Inventory): Promise<void> {
  const clan = await pickClan(await inventory());
  if (clan === undefined) return;
  const title = `Update Affected Machines: ${clanName(clan)}`;
  const typed = await window.showInputBox({
    title,
    prompt: "The revision of git that the machines have, such as a commit or a tag",
    value: "HEAD",
    validateInput: (text) => (text.trim() === "" ? "Name a revision." : undefined),
  });
  if (typed === undefined) return;
  const revision = typed.trim();
  const folder = Uri.parse(clan.root);
  const ended = await compare(programs, revision, folder);
  if (ended === "cancelled") return;
  const affected = ended.exitCode === 0 ? (JSON.parse(ended.stdout) as Affected) : undefined;
  if (affected === undefined) {
    const reason = ended.stderr.trim().replace(/^clan-ls: /, "");
    void window.showErrorMessage(`Could not compare with ${revision}: ${reason}.`);
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

function compare(programs: Programs, revision: string, folder: Uri): Thenable<FinishedProgram | "cancelled"> {
  const options = {
    title: `Comparing with ${revision}`,
    location: ProgressLocation.Notification,
    cancellable: true,
  };
  return window.withProgress(options, async (_progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const vector = ["diff", "--format", "json", "--", revision, folder.fsPath];
    const ended = await programs.runClanLs(vector, folder.fsPath, abort.signal);
    return token.isCancellationRequested ? "cancelled" : ended;
  });
}

/** Those that are concerned, ticked; then those that may be. */
function itemsOf({ machines, unknown }: Affected, names: readonly string[]): MachineItem[] {
  const concerned = Object.entries(machines).map(([machine, { reasons }]) => ({
    machine,
    label: machine,
    description: [...new Set(reasons.map(shortReason))].join(", "),
    picked: true,
  }));
  const uncertain = names.flatMap((machine) => {
    const why = unknown.find(({ path }) => path === `machines.${machine}`);
    return why === undefined ? [] : [{ machine, label: machine, description: `not known: ${why.reason}` }];
  });
  return [...concerned, ...uncertain];
}

function shortReason({ what, path }: Reason): string {
  return what === "file" ? path : `${what} ${path.replace(/^inventory\.(machines|instances|tags)\./, "")}`;
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
