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

/** Keeps `command` for the clan's workspace folder: another clan is reached in another way. Undefined: as if never set there. */
export async function setClanCommand(folder: Uri, command: readonly string[] | undefined): Promise<void> {
  const target =
    workspace.getWorkspaceFolder(folder) === undefined
      ? ConfigurationTarget.Workspace
      : ConfigurationTarget.WorkspaceFolder;
  await workspace.getConfiguration("clan", folder).update("command", command, target);
}

/** Whether Nix may be asked without being told to each time. Ignored in a workspace that is not trusted. */
export function asksNix(folder: Uri): boolean {
  return workspace.getConfiguration("clan", folder).get("nixEval") === true;
}
