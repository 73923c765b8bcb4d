/** textDocument/onTypeFormatting: `peer = { .tags =▮ };` -> `peer.tags =▮`. */
import {
  type DocumentOnTypeFormattingParams,
  DocumentOnTypeFormattingRequest,
  type TextEdit,
} from "vscode-languageserver";
import { formatTyped } from "../../features/format-typed.ts";
import type { RequestHandler } from "./handler.ts";
import { queryAt } from "./query.ts";

export const onTypeFormattingHandler: RequestHandler<DocumentOnTypeFormattingParams, TextEdit[]> = {
  method: DocumentOnTypeFormattingRequest.method,
  about: {
    title: "While typing",
    summary:
      "Sets right what the last key shows to be meant otherwise; all other formatting is a formatter's.",
    entities: {
      option:
        "A dot in the empty value that completion wrote goes on with the name: `peer = { .tags = };` becomes `peer.tags =`.",
      syntax: "`in` on a line of its own stands below its `let`.",
    },
    offered:
      "editors that format while typing; VS Code does for Nix, unless you switch `editor.formatOnType` off",
  },
  capability: () => ({
    documentOnTypeFormattingProvider: {
      firstTriggerCharacter: "=",
      moreTriggerCharacter: [";", "{", "[", "\n"],
    },
  }),
  empty: [],
  handle(session, params) {
    const query = queryAt(session, params);
    if (query === undefined) return [];
    const converter = session.converter();
    return formatTyped(query.snapshot, query.path, query.offset, params.ch).map(({ text, ...range }) => ({
      range: converter.toRange(query.path, range),
      newText: text,
    }));
  },
};
