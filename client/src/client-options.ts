/** What every kind of language client is told, whatever carries its messages. */
import type { LogOutputChannel } from "vscode";
import { type ErrorHandler, type LanguageClientOptions, RevealOutputChannelOn } from "vscode-languageclient";
import type { InitializationOptions } from "../../shared/requests.ts";
import { documentSelector } from "./document-selector.ts";
import { hasOtherNixServer } from "./other-nix-server.ts";
import { traceChannel } from "./trace-channel.ts";

export const clientId = "clan";
export const clientName = "Clan";

/** The name under which the problems list shows where a finding comes from is the server's own. */
export function clientOptions(
  log: LogOutputChannel,
  errorHandler: ErrorHandler,
  initializationOptions: InitializationOptions,
): LanguageClientOptions {
  return {
    documentSelector: [...documentSelector],
    outputChannel: log,
    traceOutputChannel: traceChannel(log),
    errorHandler,
    // What fails while a server that died is waited with is no news; one that cannot be started is told all the same.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    // Asked for at each start.
    initializationOptions: (): InitializationOptions => ({
      ...initializationOptions,
      followsClans: true,
      documents: true,
      opensSuggestions: true,
      otherNixServer: hasOtherNixServer(),
    }),
  };
}
