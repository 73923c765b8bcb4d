/** textDocument/foldingRange: what can be shown as its first line. */
import {
  type FoldingRange,
  FoldingRangeKind,
  type FoldingRangeParams,
  FoldingRangeRequest,
} from "vscode-languageserver";
import { collectFolds } from "../../features/folding.ts";
import type { RequestHandler } from "./handler.ts";
import { queryFile } from "./query.ts";

const kinds = {
  comment: FoldingRangeKind.Comment,
  imports: FoldingRangeKind.Imports,
  region: FoldingRangeKind.Region,
} as const;

export const foldingRangeHandler: RequestHandler<FoldingRangeParams, FoldingRange[]> = {
  method: FoldingRangeRequest.method,
  about: {
    title: "Folding",
    summary: "Folds sets, lists, `let`, arguments, `''` strings and comments, in every Nix file.",
    entities: {
      machine: "The body of its entry.",
      instance: "Its body.",
      role: "Its body.",
      setting: "Sets and lists.",
      generator: "Its body and script.",
      syntax: "Blocks of comments, `imports`.",
    },
  },
  capability: () => ({ foldingRangeProvider: true }),
  empty: [],
  handle(session, { textDocument }) {
    const query = queryFile(session, textDocument);
    const source = query?.snapshot.source(query.path);
    if (source === undefined) return [];
    const converter = session.converter();
    return collectFolds(source).map(({ kind, ...fold }) => {
      const { start, end } = converter.toRange(source.path, fold);
      return {
        startLine: start.line,
        startCharacter: start.character,
        endLine: end.line,
        endCharacter: end.character,
        kind: kinds[kind],
      };
    });
  },
};
