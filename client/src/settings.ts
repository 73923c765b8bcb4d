/** The settings the editor half reads. Those of the checks are the server's, which asks for them itself. */
import { ConfigurationTarget, type Uri, workspace } from "vscode";

/**
 * How `clan` is started in `folder`: a program and the arguments before clan's own. The manifest makes
 * VS Code ignore a workspace's value of it while the workspace is not trusted.
 */
export function clanCommand(folder: Uri): readonly string[] {
  const value: unknown = workspace.getConfiguration("clan", folder).get("command");
  const isCommand =
    Array.isArray(value) && value.length > 0 && value.every((part) => typeof part === "string");
  return isCommand ? value : ["clan"];
}

/** Keeps `command` in the person's own settings: how clan is reached is a matter of the machine. */
export async function setClanCommand(command: readonly string[]): Promise<void> {
  await workspace.getConfiguration("clan").update("command", command, ConfigurationTarget.Global);
}

/** Whether Nix may be asked without being told to each time. Ignored in a workspace that is not trusted. */
export function asksNix(folder: Uri): boolean {
  return workspace.getConfiguration("clan", folder).get("nixEval") === true;
}
