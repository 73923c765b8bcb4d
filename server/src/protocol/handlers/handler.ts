/**
 * What one method of the protocol is here: a plain object in a file of its own, listed in index.ts. The list
 * makes the server's capabilities, registers each behind the guard, and is what docs/features.md is made of.
 *
 *   export const hoverHandler: RequestHandler<HoverParams, Hover | null> = { method: HoverRequest.method, … };
 */
import type { ServerCapabilities } from "vscode-languageserver";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Steps } from "../guard.ts";
import type { Session } from "../session.ts";

export interface RequestHandler<P, R> {
  readonly method: string;
  readonly about: About;
  /** What the client is told of it; nothing where this client is not offered the method. */
  capability(session: Session): ServerCapabilities;
  /** The answer where nothing is found, or `handle` fails. */
  readonly empty: R;
  /** The answer can be a long list: a client that wants it in pieces gets it so. */
  readonly isLong?: true;
  /** What is only loaded once it is asked for. */
  load?(session: Session): Promise<void>;
  /** What takes long, in steps, before `handle`: other requests get their turn in between. */
  prepare?(session: Session): Iterable<unknown>;
  /**
   * A client that has written on meanwhile takes the answer about the text it asked of, and goes on from there, as VS Code
   * filters a list. It does not ask again: a refusal would leave a person who types fast without a list.
   */
  readonly ofTextThen?: true;
  /** In steps where it takes long by itself. `then` is the state it was asked of, where that is not the present one. */
  handle(session: Session, params: P, then?: Snapshot): R | Steps<R>;
}

/** What the method does for a person, in Markdown, for docs/features.md. */
export interface About {
  /** What it is in an editor, in a few words. */
  readonly title: string;
  readonly summary: string;
  /** What it does for each thing of a clan. What is left out, it does nothing for. */
  readonly entities: Partial<Readonly<Record<Entity, string>>>;
  /** Which clients it is offered to; undefined for all. */
  readonly offered?: string;
}

/** What a clan is made of, in the order the page shows them. */
export const entities = [
  "machine",
  "tag",
  "instance",
  "role",
  "service",
  "setting",
  "option",
  "generator",
  "input",
  "path",
  "syntax",
] as const;

export type Entity = (typeof entities)[number];
