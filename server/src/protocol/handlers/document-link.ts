/** textDocument/documentLink: paths in `imports` and elsewhere that lead to a file there is. */
import { type DocumentLink, type DocumentLinkParams, DocumentLinkRequest } from "vscode-languageserver";
import { collectDocumentLinks } from "../../features/document-links.ts";
import type { RequestHandler } from "./handler.ts";
import { queryFile } from "./query.ts";

export const documentLinkHandler: RequestHandler<DocumentLinkParams, DocumentLink[]> = {
  method: DocumentLinkRequest.method,
  about: {
    title: "Links",
    summary: "Opens what a path leads to.",
    entities: { path: "The file; of a folder its default.nix." },
  },
  capability: () => ({ documentLinkProvider: {} }),
  empty: [],
  handle(session, { textDocument }) {
    const query = queryFile(session, textDocument);
    if (query === undefined) return [];
    const converter = session.converter();
    return collectDocumentLinks(query).map(({ target, ...range }) => ({
      range: converter.toRange(query.path, range),
      target: session.uris.toUri(target),
    }));
  },
};
