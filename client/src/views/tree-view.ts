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

/** Of the icon of a machine on which the last command failed. */
const failed = new ThemeColor("list.errorForeground");

export class EntryTree implements TreeDataProvider<TreeEntry> {
  constructor(
    private readonly top: () => Promise<readonly TreeEntry[]>,
    private readonly varsOf: VarsOf,
    readonly onDidChangeTreeData: Event<void>,
  ) {}

  async getChildren(entry?: TreeEntry): Promise<TreeEntry[]> {
    if (entry === undefined) return [...(await this.top())];
    if (entry.varsOf === undefined) return [...(entry.children ?? [])];
    return [...generatorEntries(await this.varsOf(entry.varsOf), entry.id, entry.varsOf)];
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

function collapsibleState({ children = [], varsOf, isOpen }: TreeEntry): TreeItemCollapsibleState {
  if (isOpen === true) return TreeItemCollapsibleState.Expanded;
  const isLeaf = children.length === 0 && varsOf === undefined;
  return isLeaf ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed;
}
