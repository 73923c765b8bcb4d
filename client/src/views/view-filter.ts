/**
 * What the views of the sidebar are narrowed to: a part of a name, a tag, a service, a role or a host, in all three at once. It ends
 * with the window, and a button in each view takes it back.
 */
import { commands, Disposable, EventEmitter, window } from "vscode";
import type { TreeEntry } from "./entry.ts";

const filterCommand = "clan.filterViews";
const clearFilterCommand = "clan.clearFilter";
/** In the `when` of the buttons, and of what an empty view says. */
const context = "clan.isFiltered";

export class ViewFilter implements Disposable {
  private text = "";
  private readonly changed = new EventEmitter<void>();
  private readonly registered = Disposable.from(
    commands.registerCommand(filterCommand, () => this.ask()),
    commands.registerCommand(clearFilterCommand, () => this.set("")),
  );
  readonly onDidChange = this.changed.event;

  /** Empty where everything is shown. */
  get current(): string {
    return this.text;
  }

  private async ask(): Promise<void> {
    const text = await window.showInputBox({
      title: "Filter the Views",
      prompt: "A part of a name, tag, service, role or host. Empty: show everything",
      value: this.text,
    });
    if (text !== undefined) await this.set(text.trim());
  }

  private async set(text: string): Promise<void> {
    this.text = text;
    await commands.executeCommand("setContext", context, text !== "");
    this.changed.fire();
  }

  dispose(): void {
    for (const each of [this.registered, this.changed]) each.dispose();
  }
}

/** Rows that say it, with all below them, and those with such a row below. Rows about the list itself stay. */
export function filterRows(rows: readonly TreeEntry[], text: string): readonly TreeEntry[] {
  const wanted = text.toLowerCase();
  if (wanted === "") return rows;
  return rows.flatMap((row): TreeEntry[] => {
    if (row.kind === "affected" || row.kind === "unknown" || says(row, wanted)) return [row];
    const children = filterRows(row.children ?? [], text).filter(({ kind }) => kind !== "unknown");
    return children.length === 0 ? [] : [{ ...row, children, isOpen: true }];
  });
}

/** In its label, in names beside it, or in what shows under the mouse, without the words that stand before names. */
function says({ kind, label, description = "", tooltip = "" }: TreeEntry, wanted: string): boolean {
  const beside = kind === "machine" || kind === "instance" ? description.replace(/^via tags? /, "") : "";
  const lines = tooltip.replaceAll(/^\p{L}+: /gmu, "");
  return [label, beside, lines].some((part) => part.toLowerCase().includes(wanted));
}
