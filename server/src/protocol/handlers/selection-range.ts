/** textDocument/selectionRange: from the word at the cursor outwards, a step a piece of syntax. */
import { type SelectionRange, type SelectionRangeParams, SelectionRangeRequest } from "vscode-languageserver";
import { collectSelectionRanges } from "../../features/selection-ranges.ts";
import type { RequestHandler } from "./handler.ts";
import { queryFile } from "./query.ts";

export const selectionRangeHandler: RequestHandler<SelectionRangeParams, SelectionRange[]> = {
  method: SelectionRangeRequest.method,
  about: {
    title: "Expand selection",
    summary: "Selects from the word at the cursor outwards, a step a piece of syntax, in every Nix file.",
    entities: {
      machine: "Name, entry, all entries.",
      instance: "Name, path, entry, all entries.",
      setting: "Word, value, entry, all settings.",
      generator: "A word of its script, the script, the entry.",
      syntax: "Any expression.",
    },
  },
  capability: () => ({ selectionRangeProvider: true }),
  empty: [],
  handle(session, { textDocument, positions }) {
    const query = queryFile(session, textDocument);
    const source = query?.snapshot.source(query.path);
    if (source === undefined) return [];
    const converter = session.converter();
    return positions.map((position) => {
      const ranges = collectSelectionRanges(source, converter.toOffset(source.path, position));
      const nested = ranges.reduceRight<SelectionRange | undefined>((parent, range) => {
        const own = { range: converter.toRange(source.path, range) };
        return parent === undefined ? own : { ...own, parent };
      }, undefined);
      // Each position is answered, if with no more than itself.
      return nested ?? { range: { start: position, end: position } };
    });
  },
};
