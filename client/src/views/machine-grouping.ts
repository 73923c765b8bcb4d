/** How the machines of the sidebar are grouped: the person chooses, and it is kept for the workspace. */
import { commands, type Disposable, EventEmitter, type Memento, type QuickPickItem, window } from "vscode";
import type { Grouping } from "./machine-groups.ts";

const key = "clan.groupMachines";

const choices: readonly (QuickPickItem & { readonly grouping: Grouping })[] = [
  { label: "By Name", description: "without groups", grouping: "none" },
  { label: "By Tag", grouping: "tag" },
  { label: "By Class", description: "NixOS or macOS", grouping: "class" },
  { label: "By Service", grouping: "service" },
];

export class MachineGrouping implements Disposable {
  private readonly changed = new EventEmitter<void>();
  private readonly command: Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly state: Memento) {
    this.command = commands.registerCommand(key, () => this.choose());
  }

  get current(): Grouping {
    // What is kept may be of another version.
    const kept = this.state.get(key);
    return choices.find(({ grouping }) => grouping === kept)?.grouping ?? "none";
  }

  private async choose(): Promise<void> {
    const item = await window.showQuickPick(choices, { title: "How are machines grouped?" });
    if (item === undefined) return;
    await this.state.update(key, item.grouping);
    this.changed.fire();
  }

  dispose(): void {
    for (const each of [this.command, this.changed]) each.dispose();
  }
}
