/** The settings the editor half reads. Those of the checks are the server's, which asks for them itself. */
import { ConfigurationTarget, type Uri, workspace } from "vscode";

/**
 * How `clan` is started in `folder`, where somebody has set that: a program and the arguments before clan's own. The
 * manifest makes VS Code ignore a workspace's value of it while the workspace is not trusted.
 */
export function clanCommand(folder: Uri): readonly string[] | undefined {
  const settings = workspace.getConfiguration("clan", folder);
  const { globalValue, workspaceValue, workspaceFolderValue } = settings.inspect("command") ?? {};
  const isSet = [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
  const value: unknown = settings.get("command");
  const isCommand =
    Array.isArray(value) && value.length > 0 && value.every((part) => typeof part === "string");
  return isSet && isCommand ? value : undefined;
}

/** Keeps `command` in the person's own settings: how clan is reached is a matter of the machine. */
export async function setClanCommand(command: readonly string[]): Promise<void> {
  await workspace.getConfiguration("clan").update("command", command, ConfigurationTarget.Global);
}

/** Whether Nix may be asked without being told to each time. Ignored in a workspace that is not trusted. */
export function asksNix(folder: Uri): boolean {
  return workspace.getConfiguration("clan", folder).get("nixEval") === true;
}
