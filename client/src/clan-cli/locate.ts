/**
 * Where the `clan` program is; when it is not there, says how to get it and offers what helps.
 *
 *   await locateClan(programs, folder)   ["/nix/store/…/bin/clan"], or ["/…/direnv", "exec", "/the/clan", "clan"]
 */
import { commands, Uri, window, workspace } from "vscode";
import type { Programs } from "../platform.ts";
import { clanCommand, setClanCommand } from "../settings.ts";
import { type ClanVector, findClan, findClanToOffer, resolveProgram, waysThroughNix } from "./find.ts";

/** Decided anew at each run. Undefined when there is no such program, or `signal` ended the search. */
export function locateClan(
  programs: Programs,
  folder: Uri,
  signal?: AbortSignal,
): Promise<ClanVector | undefined> {
  return findClan(programs, clanCommand(folder), folder.fsPath, signal);
}

/** The same for a list of what could be run, for which nothing is started. */
export function locateClanToOffer(programs: Programs, folder: Uri): Promise<ClanVector | undefined> {
  return findClanToOffer(programs, clanCommand(folder), folder.fsPath);
}

/**
 * As `locateClan`, but when the program is missing the person is told how to get it, and may choose a
 * way through nix. Undefined when clan cannot be run.
 */
export async function locateOrAskForClan(programs: Programs, folder: Uri): Promise<ClanVector | undefined> {
  return (await locateClan(programs, folder)) ?? (await askForClan(programs, folder));
}

async function askForClan(programs: Programs, folder: Uri): Promise<ClanVector | undefined> {
  const ways = await waysToOffer(programs, folder);
  const openSetting = "Open Setting";
  const choices = ways.map((way) => ({ way, label: `Use ${way.join(" ").replace(/ --$/, "")}` }));
  const answer = await window.showErrorMessage(
    `${clanCommand(folder)?.[0] ?? "clan"} was not found. The clan's development shell provides it: start VS Code ` +
      "from that shell, let direnv load it (“use flake” in .envrc, then “direnv allow”), or run clan through Nix.",
    ...choices.map(({ label }) => label),
    openSetting,
  );
  if (answer === openSetting) await commands.executeCommand("workbench.action.openSettings", "clan.command");
  const chosen = choices.find(({ label }) => label === answer)?.way;
  if (chosen === undefined) return undefined;
  await setClanCommand(folder, chosen);
  return resolveProgram(programs, chosen, folder.fsPath);
}

/** Through Nix, where there is Nix. */
export async function waysToOffer(programs: Programs, folder: Uri): Promise<readonly ClanVector[]> {
  const hasNix = (await programs.find("nix", folder.fsPath)) !== undefined;
  return hasNix ? waysThroughNix(await lockOf(folder)) : [];
}

async function lockOf(folder: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(folder, "flake.lock")));
  } catch {
    return undefined;
  }
}
