/**
 * The backups of a machine, for a list to pick from: `clan backups list`, which asks the machine.
 *
 *   ["web-2026-11-28T01:00", "web-2026-11-29T01:00"]
 */
import { ProgressLocation, Uri, window } from "vscode";
import { locateClan } from "../clan-cli/locate.ts";
import type { Programs } from "../platform.ts";
import type { BackupsOf } from "./dialogue.ts";

/** `programs`: those that may run now. Of a machine that asks for a password nobody can answer here: it has none. */
export function listBackups(programs: () => Programs | undefined): BackupsOf {
  return async ({ root, machines: [machine = ""], provider }) => {
    const allowed = programs();
    const folder = Uri.parse(root);
    const clan = allowed && (await locateClan(allowed, folder));
    if (allowed === undefined || clan === undefined) return [];
    const [program = "", ...before] = clan;
    const only = provider === undefined ? [] : ["--provider", provider];
    const vector = [...before, "backups", "list", machine, ...only, "--flake", folder.fsPath];
    const options = {
      title: `Listing the backups of ${machine}`,
      location: ProgressLocation.Notification,
      cancellable: true,
    };
    return window.withProgress(options, async (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const { exitCode, stdout } = await allowed.run(program, vector, folder.fsPath, abort.signal);
      return exitCode === 0 ? stdout.split("\n").filter((line) => line !== "") : [];
    });
  };
}
