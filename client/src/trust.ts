/** Whether programs may be started now; when not, tells the person why and what would change it. */
import { commands, window, workspace } from "vscode";
import type { Platform, Programs } from "./platform.ts";

/**
 * The machine's programs when they may be used: outside a browser, in a workspace the person trusts.
 * Undefined otherwise, after saying why. Asked at each command, so granting trust is enough.
 */
export function allowedPrograms(platform: Platform): Programs | undefined {
  if (platform.programs === undefined) {
    void window.showWarningMessage(
      "Clan cannot run programs in a browser. Open this folder in VS Code on a machine that has clan.",
    );
    return undefined;
  }
  if (workspace.isTrusted) return platform.programs;
  void explainDistrust();
  return undefined;
}

async function explainDistrust(): Promise<void> {
  const manage = "Manage Workspace Trust";
  const answer = await window.showWarningMessage(
    "This workspace is not trusted, so Clan runs no programs in it: clan would execute the workspace's own " +
      "code. Completion and checks work all the same.",
    manage,
  );
  if (answer === manage) await commands.executeCommand("workbench.trust.manage");
}
