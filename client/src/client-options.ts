/** What every kind of language client is told, whatever carries its messages. */
import { extensions, type LogOutputChannel, workspace } from "vscode";
import type { LanguageClientOptions } from "vscode-languageclient";
import type { InitializationOptions } from "../../shared/requests.ts";
import { documentSelector } from "./document-selector.ts";

export const clientId = "clan";
export const clientName = "Clan";

/** The name under which the problems list shows where a finding comes from is the server's own. */
export function clientOptions(
  log: LogOutputChannel,
  initializationOptions: InitializationOptions,
): LanguageClientOptions {
  return {
    documentSelector: [...documentSelector],
    outputChannel: log,
    initializationOptions: {
      ...initializationOptions,
      followsClans: true,
      otherNixServer: hasOtherNixServer(),
    },
  };
}

/** Whether the extension "Nix IDE" runs nixd, nil or the like beside us. */
function hasOtherNixServer(): boolean {
  const isInstalled = extensions.getExtension("jnoordsij.nix-ide") !== undefined;
  return isInstalled && workspace.getConfiguration("nix").get("enableLanguageServer") === true;
}
