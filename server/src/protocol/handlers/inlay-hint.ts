/** textDocument/inlayHint: what code leaves unsaid. */
import { type InlayHint, type InlayHintParams, InlayHintRequest } from "vscode-languageserver";
import { collectInlayHints } from "../../features/inlay-hints.ts";
import type { RequestHandler } from "./handler.ts";
import { queryFile } from "./query.ts";

export const inlayHintHandler: RequestHandler<InlayHintParams, InlayHint[]> = {
  method: InlayHintRequest.method,
  about: {
    title: "Inlay hints",
    summary:
      "Shows beside the code what it leaves unsaid. All are switched off with `clan.inlayHints.enabled`, each kind with a setting of its own.",
    entities: {
      tag: "At a role's tags: how many machines each means, and which. `clan.inlayHints.tags`.",
      instance: "Its service, where `module.name` does not say it. `clan.inlayHints.services`.",
    },
  },
  capability: () => ({ inlayHintProvider: true }),
  empty: [],
  handle(session, { textDocument, range }) {
    const query = queryFile(session, textDocument);
    const wanted = session.settings.inlayHints;
    if (query === undefined || wanted === undefined) return [];
    const converter = session.converter();
    return collectInlayHints(query, converter.toOurRange(query.path, range), wanted).map(
      ({ offset, label, tooltip }) => ({
        position: converter.toRange(query.path, { start: offset, end: offset }).start,
        label,
        paddingLeft: true,
        ...(tooltip === undefined ? {} : { tooltip }),
      }),
    );
  },
};
