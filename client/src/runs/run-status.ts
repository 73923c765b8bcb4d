/**
 * What runs now stands in the status bar; a click lists it, with what ran before, to show the terminal or stop it.
 *
 *   (spinning) clan machines update web
 */
import {
  commands,
  Disposable,
  type QuickPickItem,
  QuickPickItemKind,
  StatusBarAlignment,
  ThemeIcon,
  window,
} from "vscode";
import type { TreeEntry } from "../views/entry.ts";
import { entryCommands } from "../views/entry-commands.ts";
import { shortMessage } from "./outcome.ts";
import { showTerminalOf } from "./report.ts";
import type { Run } from "./run.ts";
import type { Runs } from "./runs.ts";

const showRunsCommand = "clan.showRuns";

/** Until disposed: the status bar, its list, and what the rows of machines do with their runs. */
export function showRuns(runs: Runs): Disposable {
  const item = window.createStatusBarItem("clan.runs", StatusBarAlignment.Left);
  item.name = "Clan";
  item.command = showRunsCommand;
  const update = () => {
    const [first, ...others] = runs.running;
    if (first === undefined) return item.hide();
    item.text = `$(sync~spin) ${others.length === 0 ? first.name : `clan: ${others.length + 1} running`}`;
    item.tooltip = [first, ...others].map(({ name }) => name).join("\n");
    item.show();
  };
  const ofMachine = (act: (run: Run) => Promise<void>) => async (entry: TreeEntry) => {
    const [machine] = entry.target?.machines ?? [];
    const run = machine && entry.target ? runs.lastOn(entry.target.root, machine) : undefined;
    if (run !== undefined) await act(run);
  };
  return Disposable.from(
    item,
    runs.onDidChange(update),
    commands.registerCommand(showRunsCommand, () => pickRun(runs)),
    commands.registerCommand(
      entryCommands.stop.id,
      ofMachine((run) => runs.stop(run)),
    ),
    commands.registerCommand(
      entryCommands.showTerminal.id,
      ofMachine((run) => showTerminalOf(runs, run)),
    ),
  );
}

interface RunItem extends QuickPickItem {
  readonly act?: () => Promise<void>;
}

async function pickRun(runs: Runs): Promise<void> {
  if (runs.all.length === 0) {
    void window.showInformationMessage("No command of clan has run in this window yet.");
    return;
  }
  const stops = runs.running.map((run): RunItem => {
    const act = () => runs.stop(run);
    return { label: `Stop ${run.name}`, iconPath: new ThemeIcon("debug-stop"), act };
  });
  const shows = runs.all.map((run): RunItem => {
    const act = () => showTerminalOf(runs, run);
    return { label: run.name, description: describe(run), iconPath: new ThemeIcon(icons[run.state]), act };
  });
  const heading = { label: "show the terminal", kind: QuickPickItemKind.Separator };
  const items: RunItem[] = [...stops, heading, ...shows];
  const item = await window.showQuickPick(items, { title: "Commands of Clan" });
  await item?.act?.();
}

const icons = { running: "sync~spin", done: "check", failed: "error", stopped: "circle-slash" } as const;

function describe({ state, since, outcome }: Run): string {
  const [failure] = outcome.failures;
  const why = failure === undefined ? "" : `: ${shortMessage(failure.error)}`;
  return `${state}${why} · ${state === "running" ? "since " : ""}${since.toLocaleTimeString()}`;
}
