/** Above a changed file: the machines that it concerns, and their update. Off by default (`clan.codeLens.affected`). */
import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  languages,
  Range,
  type TextDocument,
  Uri,
  workspace,
} from "vscode";
import { machineCommands } from "../../../shared/requests.ts";
import { documentSelector } from "../document-selector.ts";
import { type Inventory, rootOfFile } from "../inventory.ts";
import { listed } from "../listed.ts";
import type { AffectedMachines } from "./affected-machines.ts";
import { uriOfFile } from "./comparison.ts";

/** Until disposed. */
export function registerAffectedLens(affected: AffectedMachines, inventory: Inventory): Disposable {
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: affected.onDidChange,
    provideCodeLenses: (document) => lensesOf(document, affected, inventory),
  };
  return languages.registerCodeLensProvider([...documentSelector], provider);
}

async function lensesOf(
  { uri }: TextDocument,
  affected: AffectedMachines,
  inventory: Inventory,
): Promise<CodeLens[]> {
  const settings = workspace.getConfiguration("clan.codeLens", uri);
  if (!workspace.isTrusted || settings.get("affected") !== true || settings.get("enabled") === false)
    return [];
  const root = await rootOfFile(inventory, uri);
  if (root === undefined) return [];
  const comparison = await affected.of(root);
  if ("problem" in comparison) return [];
  const concerned = Object.entries(comparison.machines).filter(([, { reasons }]) =>
    reasons.some(({ file }) => Uri.parse(uriOfFile(root, file)).toString() === uri.toString()),
  );
  const machines = concerned.map(([name]) => name);
  if (machines.length === 0) return [];
  return [
    new CodeLens(new Range(0, 0, 0, 0), {
      title: `Changes ${listed(machines)} (since ${affected.revisionOf(root)}): update`,
      command: machineCommands.update,
      arguments: [{ root, machines }],
    }),
  ];
}
