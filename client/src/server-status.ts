/** Shows whether the language server works: an entry in the language status of Nix files, and the log. */
import { commands, Disposable, LanguageStatusSeverity, languages, window } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { documentSelector } from "./document-selector.ts";
import type { Restarts } from "./restarts.ts";

export const showLogCommand = "clan.showLog";

const shown = {
  [State.Starting]: { text: "starting", severity: LanguageStatusSeverity.Information },
  [State.Running]: { text: "running", severity: LanguageStatusSeverity.Information },
  [State.Stopped]: { text: "stopped", severity: LanguageStatusSeverity.Warning },
  [State.StartFailed]: { text: "could not start", severity: LanguageStatusSeverity.Error },
} as const;

/** Of a server that died. */
const dead = {
  waiting: { text: "ended, starts again soon", severity: LanguageStatusSeverity.Warning },
  left: { text: "ended too often", severity: LanguageStatusSeverity.Error },
} as const;

const restartCommand = "clan.restartServer";

/** Until disposed: follows the client's state, and says once of a server that died too often that it is left. */
export function showServerStatus(client: BaseLanguageClient, restarts: Restarts): Disposable {
  const item = languages.createLanguageStatusItem("clan.server", [...documentSelector]);
  item.name = "Clan";
  item.detail = "Clan language server";
  item.command = { title: "Show Log", command: showLogCommand };
  const update = () => {
    const { text, severity } = restarts.state === "none" ? shown[client.state] : dead[restarts.state];
    item.text = text;
    item.severity = severity;
    item.busy = restarts.state === "waiting" || client.state === State.Starting;
  };
  update();
  return Disposable.from(
    client.onDidChangeState(update),
    restarts.onDidChange(() => {
      update();
      if (restarts.state === "left") void explainLeft();
    }),
    item,
  );
}

async function explainLeft(): Promise<void> {
  const [show, restart] = ["Show Log", "Restart"];
  const answer = await window.showErrorMessage(
    "The language server of Clan ended five times within three minutes, so it is not started again.",
    show,
    restart,
  );
  if (answer === show) await commands.executeCommand(showLogCommand);
  if (answer === restart) await commands.executeCommand(restartCommand);
}
