/** Shows entries as a tree of VS Code, which asks only for what is on the screen, and again when it changes. */
import {
  type Event,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from "vscode";
import type { VarsOf } from "../commands/dialogue.ts";
import { type TreeEntry, viewItem } from "./entry.ts";
import { entryCommands } from "./entry-commands.ts";
import { generatorEntries } from "./generator-entries.ts";

/** What is only asked for when the row that holds it is opened. `parent`: its id. */
export interface Asked {
  readonly varsOf: VarsOf;
  affectedOf(root: string, parent: string): Promise<readonly TreeEntry[]>;
}

/** Of the icon of a machine on which the last command failed. */
const failed = new ThemeColor("list.errorForeground");

export class EntryTree implements TreeDataProvider<TreeEntry> {
  constructor(
    private readonly top: () => Promise<readonly TreeEntry[]>,
    private readonly ask: Asked,
    readonly onDidChangeTreeData: Event<void>,
  ) {}

  async getChildren(entry?: TreeEntry): Promise<TreeEntry[]> {
    if (entry === undefined) return [...(await this.top())];
    const { varsOf, affectedOf, id, children = [] } = entry;
    if (varsOf !== undefined) return [...generatorEntries(await this.ask.varsOf(varsOf), id, varsOf)];
    return [...(affectedOf === undefined ? children : await this.ask.affectedOf(affectedOf, id))];
  }

  /** The rows at the top, and all below them that need not be asked for. */
  rows(): Promise<readonly TreeEntry[]> {
    return this.top();
  }

  /** VS Code goes up from a row that is to be shown. Those that are asked for are not shown so. */
  async getParent({ id }: TreeEntry): Promise<TreeEntry | undefined> {
    return parentIn(await this.top(), id);
  }

  getTreeItem(entry: TreeEntry): TreeItem {
    const item = new TreeItem(entry.label, collapsibleState(entry));
    item.id = entry.id;
    item.iconPath = new ThemeIcon(entry.icon, entry.run?.state === "failed" ? failed : undefined);
    if (entry.description !== undefined) item.description = entry.description;
    if (entry.tooltip !== undefined) item.tooltip = entry.tooltip;
    item.contextValue = viewItem(entry);
    if (entry.place !== undefined)
      item.command = {
        title: "Go to Definition",
        command: entryCommands.goToDefinition.id,
        arguments: [entry],
      };
    return item;
  }
}

function parentIn(rows: readonly TreeEntry[], id: string): TreeEntry | undefined {
  for (const row of rows) {
    const { children = [] } = row;
    const found = children.some((child) => child.id === id) ? row : parentIn(children, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function collapsibleState(entry: TreeEntry): TreeItemCollapsibleState {
  const { children = [], varsOf, affectedOf, isOpen } = entry;
  if (isOpen === true) return TreeItemCollapsibleState.Expanded;
  const isLeaf = children.length === 0 && varsOf === undefined && affectedOf === undefined;
  return isLeaf ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed;
}
