/** clan/thingAt, a request of our own: what the code at the cursor is part of, for an editor that shows it in its views. */
import type { TextDocumentPositionParams } from "vscode-languageserver";
import { type ThingAtSummary, thingAtRequest } from "../../../../shared/requests.ts";
import { findThingAt } from "../../features/thing-at.ts";
import type { RequestHandler } from "./handler.ts";
import { queryAt } from "./query.ts";

export const thingAtHandler: RequestHandler<TextDocumentPositionParams, ThingAtSummary | null> = {
  method: thingAtRequest,
  about: {
    title: "What the cursor is in",
    summary:
      "The machine, instance or role that the code is part of, for an editor that selects it in its views. It is not a method of the Language Server Protocol.",
    entities: {
      machine: "In its entry or its folder.",
      instance: "In its entry.",
      role: "In its entry, with the instance.",
    },
  },
  capability: () => ({}),
  empty: null,
  handle(session, params) {
    const query = queryAt(session, params);
    const thing = query && findThingAt(query);
    if (thing === undefined) return null;
    const { clan, ...rest } = thing;
    return { root: session.uris.toUri(clan.root), ...rest };
  },
};
