/** textDocument/hover: `roles.pe▮er` -> what the role does, its machines, and the tags that brought them. */
import { type Hover, type HoverParams, HoverRequest } from "vscode-languageserver";
import { findDefinitions } from "../../features/definition.ts";
import { hover } from "../../features/hover.ts";
import type { RequestHandler } from "./handler.ts";
import { queryAt } from "./query.ts";

export const hoverHandler: RequestHandler<HoverParams, Hover | null> = {
  method: HoverRequest.method,
  about: {
    title: "Hover",
    summary:
      "Says what the word under the cursor is in the clan, with links to where it is defined and to clan's documentation.",
    entities: {
      machine: "Its class, tags, where it is deployed, and its roles.",
      tag: "The machines that have it.",
      instance: "Its service, and its roles with their machines.",
      role: "What it does, how many machines it may have, its machines and which tag brought each.",
      service: "What it does, its roles, and where this is known from.",
      setting: "Type, default, description; its value on each machine, and who wrote it.",
      option: "Type, default, description and value.",
      generator:
        "Its files and prompts, the graph of its dependencies, and what is on disk of it. The value of a public file; never that of a secret.",
    },
  },
  capability: () => ({ hoverProvider: true }),
  empty: null,
  handle(session, params) {
    const query = queryAt(session, params);
    const found = query && hover(query, session.occurrences);
    if (query === undefined || found === undefined) return null;
    const sources = findDefinitions(query, session.occurrences).filter(
      ({ path, start }) => path !== query.path || start !== found.range.start,
    );
    return session.converter().toHover(query.path, found, sources);
  },
};
