/**
 * What was offered last: a person looks at some of it, also after more was typed, and then its documentation is asked for.
 *
 *   const offer = Offer.at(session, query);
 *   offer.items                        ->   [ controller, moon, peer ]
 *   offer.find(session, 1, "moon")     ->   the item moon, whose documentation speaks of the present state
 */
import { complete } from "../features/completion/complete.ts";
import type { CompletionItem } from "../features/completion/item.ts";
import { mostFitting } from "../features/completion/most.ts";
import type { Query } from "../features/query.ts";
import type { Session } from "./session.ts";

export class Offer {
  /** The same, asked for again. */
  private again: Offer | undefined;

  private constructor(
    private readonly query: Query,
    readonly items: readonly CompletionItem[],
    /** There are more: they are to be asked for again when more was typed. */
    readonly isIncomplete: boolean,
    /** Whether the state they were made in has been by itself since: see `ClanCache`. */
    private readonly isConsistent: () => boolean,
  ) {}

  static at(session: Session, query: Query): Offer {
    const isConsistent = session.watch();
    const { items, isIncomplete } = mostFitting(complete(query), query);
    return new Offer(query, items, isIncomplete, isConsistent);
  }

  /**
   * Undefined if it is not among them. What the items would tell of a state that is over, or has been mixed with another,
   * is asked for again.
   */
  find(session: Session, index: number, label: string): CompletionItem | undefined {
    const offered = this.items[index];
    // Another completion was asked for meanwhile.
    if (offered?.label !== label) return undefined;
    if (this.holds(session)) return offered;
    if (this.again?.holds(session) !== true)
      this.again = Offer.at(session, { ...this.query, snapshot: session.workspace.snapshot() });
    return this.again.items.find((item) => item.label === label);
  }

  private holds({ workspace }: Session): boolean {
    return workspace.snapshot() === this.query.snapshot && this.isConsistent();
  }
}
