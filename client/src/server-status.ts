/** Shows whether the language server works: an entry in the language status of Nix files, and the log. */
import { type Disposable, LanguageStatusSeverity, languages } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { documentSelector } from "./document-selector.ts";

export const showLogCommand = "clan.showLog";

const shown = {
  [State.Starting]: { text: "starting", severity: LanguageStatusSeverity.Information },
  [State.Running]: { text: "running", severity: LanguageStatusSeverity.Information },
  [State.Stopped]: { text: "stopped", severity: LanguageStatusSeverity.Warning },
  [State.StartFailed]: { text: "could not start", severity: LanguageStatusSeverity.Error },
} as const;

/** Follows the client's state until disposed. */
export function showServerStatus(client: BaseLanguageClient): Disposable {
  const item = languages.createLanguageStatusItem("clan.server", [...documentSelector]);
  item.name = "Clan";
  item.detail = "Clan language server";
  item.command = { title: "Show Log", command: showLogCommand };
  const update = (state: State) => {
    item.text = shown[state].text;
    item.severity = shown[state].severity;
    item.busy = state === State.Starting;
  };
  update(client.state);
  const following = client.onDidChangeState(({ newState }) => update(newState));
  return { dispose: () => [following, item].forEach((part) => void part.dispose()) };
}
