/**
 * What one notification of the client is here: a plain object, listed in index.ts. The list registers each
 * behind the guard, checks the clans again afterwards, and is part of docs/features.md.
 */
import type { Session } from "../session.ts";

export interface NotificationHandler<P> {
  readonly method: string;
  /** What follows from it for a person. */
  readonly summary: string;
  handle(session: Session, params: P): void;
  /** URI of the document that is being typed in, if it is one: the client asks about that by itself. */
  typedIn?(params: P): string;
}
