/** The sidebar of the clan: its machines, its services and its vars. */
import { commands, Disposable, type Memento, type TreeView, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { ClanSummary, VarsSummary } from "../../../shared/requests.ts";
import type { AffectedMachines } from "../affected/affected-machines.ts";
import type { CommandSearch } from "../clan-cli/search.ts";
import type { VarsOf } from "../commands/dialogue.ts";
import type { Inventory } from "../inventory.ts";
import { noteOn, type RunNote } from "../runs/run.ts";
import type { Runs } from "../runs/runs.ts";
import { affectedEntries, affectedSection } from "./affected-entries.ts";
import { ClanData } from "./clan-data.ts";
import type { TreeEntry } from "./entry.ts";
import { registerEntryCommands } from "./entry-actions.ts";
import { followCursor, type ThingAtOf } from "./follow-cursor.ts";
import { MachineGrouping } from "./machine-grouping.ts";
import { machineTree, type NoteOn } from "./machine-tree.ts";
import { serviceTree } from "./service-tree.ts";
import { type Asked, EntryTree } from "./tree-view.ts";
import { missingGenerators, type VarsByMachine, varsTree } from "./vars-tree.ts";
import { filterRows, ViewFilter } from "./view-filter.ts";

/** What happens while they are shown. */
export interface Followed {
  readonly runs: Runs;
  /** Undefined in a browser. */
  readonly affected: AffectedMachines | undefined;
  readonly thingAt: ThingAtOf;
  /** Keeps what the person chose. */
  readonly state: Memento;
  /** Undefined in a browser. */
  readonly command?: CommandSearch | undefined;
}

/** Until disposed. The views only read, so they need no trust. */
export function registerViews(
  client: BaseLanguageClient,
  inventory: Inventory,
  varsOf: VarsOf,
  { runs, affected, state, thingAt, command }: Followed,
): Disposable {
  const grouping = new MachineGrouping(state);
  const filter = new ViewFilter();
  const optional = [affected, command].flatMap((one) => one?.onDidChange ?? []);
  const others = [runs.onDidChange, grouping.onDidChange, filter.onDidChange, ...optional];
  const data = new ClanData(client, inventory, others);
  const noteOf = (root: string, machine: string): RunNote | undefined => {
    const run = runs.lastOn(root, machine);
    return run && noteOn(run, machine);
  };
  const sectionsOf = (clan: ClanSummary): readonly TreeEntry[] => {
    // What is compared with is asked of git. A clan without machines has the text that says so, in place of rows.
    if (affected === undefined || !workspace.isTrusted || clan.machines.length === 0) return [];
    return [affectedSection(clan, affected.revisionOf(clan.root))];
  };
  const ask: Asked = {
    varsOf,
    async affectedOf(root, parent) {
      const clan = (await data.clans()).find((one) => one.root === root);
      const comparison = await affected?.of(root);
      return clan === undefined || comparison === undefined ? [] : affectedEntries(comparison, clan, parent);
    },
  };
  type Rows = readonly TreeEntry[] | Promise<readonly TreeEntry[]>;
  const trees: Record<string, (clans: readonly ClanSummary[]) => Rows> = {
    [machinesView]: (clans) =>
      machineTree(clans, {
        noteOn: noteOf,
        sectionsOf,
        groupBy: grouping.current,
      }),
    "clan.services": serviceTree,
    [varsView]: async (clans) => varsTree(clans, await varsOfAll(clans, varsOf)),
  };
  const views = Object.entries(trees).map(([id, treeOf]) => {
    const top = async () => {
      const rows = await treeOf(await data.clans());
      if (id === varsView) showMissing(view, rows);
      return filterRows(rows, filter.current);
    };
    const treeDataProvider = new EntryTree(top, ask, data.onDidChange);
    const view = window.createTreeView(id, { treeDataProvider, canSelectMany: true, showCollapseAll: true });
    return { id, view, rows: () => treeDataProvider.rows() };
  });
  const showFilter = () => {
    for (const { view } of views) view.description = filter.current === "" ? "" : `“${filter.current}”`;
  };
  const machines = views.find(({ id }) => id === machinesView)?.view;
  // The rows of the third are made of answers for each machine: they are not looked through for a cursor.
  const following = views.filter(({ id }) => id !== varsView);
  return Disposable.from(
    data,
    grouping,
    filter,
    filter.onDidChange(showFilter),
    commands.registerCommand(refreshCommand, () => {
      data.refresh();
      affected?.forget();
    }),
    ...views.map(({ view }) => view),
    ...(machines === undefined ? [] : [noteOnView(machines, runs, data, noteOf, command)]),
    followCursor(following, thingAt),
    ...registerEntryCommands(),
  );
}

const refreshCommand = "clan.refreshViews";
const machinesView = "clan.machines";
const varsView = "clan.vars";

/** Machine by machine: the server has other questions to answer. Nobody asks while the view is closed. */
async function varsOfAll(
  clans: readonly ClanSummary[],
  varsOf: VarsOf,
): Promise<ReadonlyMap<string, VarsByMachine>> {
  const all = new Map<string, Map<string, VarsSummary>>();
  for (const { root, machines } of clans) {
    const vars = new Map<string, VarsSummary>();
    for (const { name } of machines) vars.set(name, await varsOf({ root, machine: name }));
    all.set(root, vars);
  }
  return all;
}

/** On how many generators files are missing. */
function showMissing(view: TreeView<TreeEntry>, rows: readonly TreeEntry[]): void {
  const missing = missingGenerators(rows);
  view.badge =
    missing.length === 0
      ? undefined
      : { value: missing.length, tooltip: `Files are missing: ${missing.join(", ")}` };
}

function whyNothingRuns(command: CommandSearch | undefined): string {
  if (!workspace.isTrusted) return "Commands do not run: this workspace is not trusted.";
  if (command?.isMissing !== true) return "";
  return "clan was not found. “Clan: Choose How clan Is Started…” lists ways to start it.";
}

/** What is said of all machines: on how many the last command failed, and why no command runs. */
function noteOnView(
  view: TreeView<TreeEntry>,
  runs: Runs,
  data: ClanData,
  noteOf: NoteOn,
  command: CommandSearch | undefined,
): Disposable {
  const update = async () => {
    view.message = whyNothingRuns(command);
    // The clans are not asked for only to say that nothing failed.
    const clans = runs.all.some(({ state }) => state === "failed") ? await data.clans() : [];
    const failed = clans.flatMap(({ root, machines }) =>
      machines.map(({ name }) => name).filter((name) => noteOf(root, name)?.state === "failed"),
    );
    view.badge =
      failed.length === 0 ? undefined : { value: failed.length, tooltip: `Failed: ${failed.join(", ")}` };
  };
  void update();
  return data.onDidChange(update);
}
