/** Shows entries as a tree of VS Code, which asks only for what is on the screen, and again when it changes. */
import {
  type Command,
  type Event,
  Range,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from "vscode";
import type { VarsOf } from "../commands/dialogue.ts";
import { toLocation } from "../show-places.ts";
import { machineItem, type TreeEntry } from "./entry.ts";
import { generatorEntries } from "./generator-entries.ts";

export class EntryTree implements TreeDataProvider<TreeEntry> {
  constructor(
    private readonly top: () => Promise<readonly TreeEntry[]>,
    private readonly varsOf: VarsOf,
    readonly onDidChangeTreeData: Event<void>,
  ) {}

  async getChildren(entry?: TreeEntry): Promise<TreeEntry[]> {
    if (entry === undefined) return [...(await this.top())];
    if (entry.varsOf === undefined) return [...(entry.children ?? [])];
    return [...generatorEntries(await this.varsOf(entry.varsOf), entry.id)];
  }

  getTreeItem(entry: TreeEntry): TreeItem {
    const item = new TreeItem(entry.label, collapsibleState(entry));
    item.id = entry.id;
    item.iconPath = new ThemeIcon(entry.icon);
    if (entry.description !== undefined) item.description = entry.description;
    if (entry.tooltip !== undefined) item.tooltip = entry.tooltip;
    if (entry.target !== undefined) item.contextValue = machineItem;
    const command = goTo(entry);
    if (command !== undefined) item.command = command;
    return item;
  }
}

function collapsibleState({ children = [], varsOf, isOpen }: TreeEntry): TreeItemCollapsibleState {
  if (isOpen === true) return TreeItemCollapsibleState.Expanded;
  const isLeaf = children.length === 0 && varsOf === undefined;
  return isLeaf ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed;
}

function goTo({ place }: TreeEntry): Command | undefined {
  if (place === undefined) return undefined;
  const { uri, range } = toLocation(place);
  // The cursor before the name, and the name not selected: what is typed next must not replace it.
  const selection = new Range(range.start, range.start);
  return { title: "Go to Definition", command: "vscode.open", arguments: [uri, { selection }] };
}
