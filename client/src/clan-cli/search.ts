/** Whether the last search for `clan` found none: what the status item knows, for the views. */
import { type Disposable, EventEmitter } from "vscode";

export class CommandSearch implements Disposable {
  private missing = false;
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  get isMissing(): boolean {
    return this.missing;
  }

  ended(found: boolean): void {
    if (this.missing === !found) return;
    this.missing = !found;
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
