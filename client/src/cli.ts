/**
 * Where the `clan` program is; when it is not there, says how to get it and offers what helps.
 *
 *   await locateClan(programs, folder)   ["/nix/store/…/bin/clan"], or ["/…/nix", "develop", "-c", "clan"]
 */
import { commands, type Uri, window } from "vscode";
import type { Programs } from "./platform.ts";
import { clanCommand, setClanCommand } from "./settings.ts";

const developCommand = ["nix", "develop", "-c", "clan"] as const;

/**
 * The program to start (absolute path) and the arguments before clan's own, as the setting `clan.command`
 * says. Undefined when there is no such program.
 */
export function locateClan(programs: Programs, folder: Uri): Promise<readonly string[] | undefined> {
  return locate(programs, clanCommand(folder), folder);
}

/**
 * As `locateClan`, but when the program is missing the person is told how to get it, and may choose the
 * way through `nix develop`. Undefined when clan cannot be run.
 */
export async function locateOrAskForClan(
  programs: Programs,
  folder: Uri,
): Promise<readonly string[] | undefined> {
  return (await locateClan(programs, folder)) ?? (await askForClan(programs, folder));
}

async function askForClan(programs: Programs, folder: Uri): Promise<readonly string[] | undefined> {
  const develop = await locate(programs, developCommand, folder);
  const useDevelop = `Use ${developCommand.join(" ")}`;
  const openSetting = "Open Setting";
  const answer = await window.showErrorMessage(
    `There is no program ${clanCommand(folder)[0]} here. A clan's development shell has it: start VS Code ` +
      "from that shell, let a direnv extension load it (with “use flake” in .envrc), or run clan through nix develop.",
    ...(develop === undefined ? [] : [useDevelop]),
    openSetting,
  );
  if (answer === useDevelop) {
    await setClanCommand(developCommand);
    return develop;
  }
  if (answer === openSetting) await commands.executeCommand("workbench.action.openSettings", "clan.command");
  return undefined;
}

async function locate(
  programs: Programs,
  [program = "", ...before]: readonly string[],
  folder: Uri,
): Promise<readonly string[] | undefined> {
  const file = await programs.find(program, folder.fsPath);
  return file === undefined ? undefined : [file, ...before];
}
