/** textDocument/documentHighlight: the other places of this file that name the same thing. */
import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
  DocumentHighlightRequest,
} from "vscode-languageserver";
import { findHighlights } from "../../features/references.ts";
import type { RequestHandler } from "./handler.ts";
import { queryAt } from "./query.ts";
import { referencesHandler } from "./references.ts";

export const documentHighlightHandler: RequestHandler<DocumentHighlightParams, DocumentHighlight[]> = {
  method: DocumentHighlightRequest.method,
  about: {
    title: "Highlight",
    summary:
      "Marks the other places of the file that name the same thing, those that make it apart from the rest.",
    entities: referencesHandler.about.entities,
  },
  capability: () => ({ documentHighlightProvider: true }),
  empty: [],
  handle(session, params) {
    const query = queryAt(session, params);
    if (query === undefined) return [];
    const converter = session.converter();
    return findHighlights(query, session.occurrences).map(({ isDeclaration, path, ...range }) => ({
      range: converter.toRange(path, range),
      kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  },
};
