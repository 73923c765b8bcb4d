/**
 * Which `clan` commands are run with, beside the language of Nix files ({}): found where, its version, and a way to choose another.
 * It is looked for when a file of a clan is open in a workspace that is trusted; what fails then is shown here, and nowhere else.
 *
 *   clan 26.05   on PATH: /run/current-system/sw/bin/clan   [Choose…]
 */
import {
  commands,
  Disposable,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  languages,
  type QuickPickItem,
  Uri,
  window,
  workspace,
} from "vscode";
import { documentSelector } from "../document-selector.ts";
import { type Inventory, pickClan, rootOfFile } from "../inventory.ts";
import type { Platform, Programs } from "../platform.ts";
import { clanCommand, setClanCommand } from "../settings.ts";
import { allowedPrograms } from "../trust.ts";
import { type ClanVector, clanVersion } from "./find.ts";
import { locateClan, waysToOffer } from "./locate.ts";
import type { CommandSearch } from "./search.ts";

const chooseCommand = "clan.chooseCommand";

/** In milliseconds: direnv may have to load a development shell first. */
const longestSearch = 10_000;

interface FoundClan {
  readonly vector: ClanVector;
  readonly version: string | undefined;
}

/** Until disposed. */
export function showClanCommand(
  programs: Programs,
  inventory: Inventory,
  searched: CommandSearch,
): Disposable {
  /** By the clan's folder, until a setting changes: what was found there, or is being looked for. */
  const known = new Map<string, Promise<FoundClan | undefined>>();
  let item: LanguageStatusItem | undefined;
  let shown = "";

  const update = async () => {
    const root = workspace.isTrusted ? await clanOfActiveFile(inventory) : undefined;
    if (root === undefined) return;
    shown = root;
    const folder = Uri.parse(root);
    item ??= languages.createLanguageStatusItem(chooseCommand, [...documentSelector]);
    const search = known.get(root) ?? lookForClan(programs, folder);
    known.set(root, search);
    item.name = "Clan Command";
    item.command = { title: "Choose…", command: chooseCommand, arguments: [root] };
    item.busy = true;
    const found = await search;
    // It may be there the next time.
    if (found === undefined) known.delete(root);
    // Another clan's file may have come to the front.
    if (shown !== root || item === undefined) return;
    searched.ended(found !== undefined);
    item.busy = false;
    item.text = found === undefined ? "clan was not found" : ["clan", found.version].join(" ").trim();
    item.detail = found === undefined ? "" : describe(found.vector, folder);
    item.severity = found === undefined ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  };

  void update();
  return Disposable.from(
    window.onDidChangeActiveTextEditor(update),
    workspace.onDidGrantWorkspaceTrust(update),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration("clan.command")) return;
      known.clear();
      void update();
    }),
    new Disposable(() => item?.dispose()),
  );
}

/** The folder of the clan that the file in front belongs to, a file that the server looks after. */
async function clanOfActiveFile(inventory: Inventory): Promise<string | undefined> {
  const document = window.activeTextEditor?.document;
  return document?.languageId === "nix" ? rootOfFile(inventory, document.uri) : undefined;
}

async function lookForClan(programs: Programs, folder: Uri): Promise<FoundClan | undefined> {
  const signal = AbortSignal.timeout(longestSearch);
  const vector = await locateClan(programs, folder, signal);
  return vector && { vector, version: await clanVersion(programs, vector, folder.fsPath, signal) };
}

function describe([program = "", ...before]: ClanVector, folder: Uri): string {
  const line = [program, ...before].join(" ");
  if (clanCommand(folder) !== undefined) return `by clan.command: ${line}`;
  return before.length === 0 ? `on PATH: ${line}` : `through direnv: ${line}`;
}

/** Until disposed: the list of the ways to start clan, from the status or the palette. */
export function registerChooseClanCommand(platform: Platform, inventory: Inventory): Disposable {
  return commands.registerCommand(chooseCommand, async (root?: string) => {
    const programs = allowedPrograms(platform);
    if (programs === undefined) return;
    const clans = await inventory();
    const clan = await pickClan(root === undefined ? clans : clans.filter((one) => one.root === root));
    if (clan !== undefined) await chooseWay(programs, Uri.parse(clan.root));
  });
}

interface WayItem extends QuickPickItem {
  readonly run: () => Promise<unknown>;
}

async function chooseWay(programs: Programs, folder: Uri): Promise<void> {
  const set = clanCommand(folder);
  const current = (isIt: boolean) => (isIt ? { description: "now" } : {});
  const ways = (await waysToOffer(programs, folder)).map(
    (way): WayItem => ({
      label: way.join(" ").replace(/ --$/, ""),
      detail: "Through Nix, which fetches or builds it first where it has to.",
      ...current(set?.join(" ") === way.join(" ")),
      run: () => setClanCommand(folder, way),
    }),
  );
  const isOther = set !== undefined && !ways.some(({ description }) => description !== undefined);
  const items: WayItem[] = [
    {
      label: "Automatic",
      detail: "clan on PATH, else that of the environment that direnv loads for the clan's folder.",
      ...current(set === undefined),
      run: () => setClanCommand(folder, undefined),
    },
    ...ways,
    {
      label: "Open Setting",
      detail: isOther ? set.join(" ") : "Any other program, with arguments that come before clan's own.",
      ...current(isOther),
      run: async () => commands.executeCommand("workbench.action.openSettings", "clan.command"),
    },
  ];
  const item = await window.showQuickPick(items, { title: "How is clan started?" });
  await item?.run();
}
