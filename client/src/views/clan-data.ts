/** What the views show, asked for once until it changes: both views and all their rows speak of one state. */
import { type Disposable, type Event, EventEmitter, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import type { ClanSummary } from "../../../shared/requests.ts";
import { onClansChanged } from "../clans-changed.ts";
import type { Inventory } from "../inventory.ts";

export class ClanData implements Disposable {
  private answer: Promise<readonly ClanSummary[]> | undefined;
  private readonly changed = new EventEmitter<void>();
  private readonly following: readonly Disposable[];
  /** What was shown may be different now. Nobody is asked until somebody looks. */
  readonly onDidChange = this.changed.event;

  constructor(
    client: BaseLanguageClient,
    private readonly inventory: Inventory,
    /** Of what is shown besides. */
    others: readonly Event<void>[],
  ) {
    this.following = [
      onClansChanged(client, () => this.refresh()),
      // The clans are the same; what is said of their machines is not.
      ...[...others, workspace.onDidGrantWorkspaceTrust].map((event) => event(() => this.changed.fire())),
      client.onDidChangeState(({ newState }) => newState === State.Running && this.refresh()),
    ];
  }

  /** All is asked for again. */
  refresh(): void {
    this.answer = undefined;
    this.changed.fire();
  }

  /** Empty where the server does not answer; its state is shown elsewhere. */
  clans(): Promise<readonly ClanSummary[]> {
    this.answer ??= this.inventory().catch(() => []);
    return this.answer;
  }

  dispose(): void {
    for (const each of [...this.following, this.changed]) each.dispose();
  }
}
