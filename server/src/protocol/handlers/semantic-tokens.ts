/** textDocument/semanticTokens: the colours of words that mean something in the clan: all, changed, or in a range. */
import {
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensDelta,
  type SemanticTokensDeltaParams,
  SemanticTokensDeltaRequest,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  type TextDocumentIdentifier,
} from "vscode-languageserver";
import type { Range } from "../../features/query.ts";
import { collectSemanticTokens, tokenModifiers, tokenTypes } from "../../features/semantic-tokens.ts";
import type { Session } from "../session.ts";
import type { About, RequestHandler } from "./handler.ts";
import { queryFile } from "./query.ts";

const coloured: About["entities"] = {
  machine: "`clanMachine`",
  tag: "`clanTag`; the predefined ones with `defaultLibrary`.",
  instance: "`clanInstance`",
  role: "`clanRole`",
  service: "`clanService`",
  setting: "`clanSetting`",
  generator: "`clanGenerator`; its files `clanGeneratorFile`, its prompts `clanPrompt`.",
  input: "`clanInput`",
};
const legend = { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] };
const nothing: SemanticTokens = { data: [] };

export const semanticTokensHandler: RequestHandler<SemanticTokensParams, SemanticTokens> = {
  method: SemanticTokensRequest.method,
  about: {
    title: "Colours",
    summary:
      "Colours words by what they mean in the clan, wherever they stand. Where a thing is declared, its word has the modifier `declaration`.",
    entities: coloured,
  },
  capability: () => ({ semanticTokensProvider: { legend, full: { delta: true }, range: true } }),
  empty: nothing,
  handle: (session, { textDocument }) => session.tokens.give(textDocument.uri, encode(session, textDocument)),
};

export const semanticTokensDeltaHandler: RequestHandler<
  SemanticTokensDeltaParams,
  SemanticTokens | SemanticTokensDelta
> = {
  method: SemanticTokensDeltaRequest.method,
  about: {
    title: "Changed colours",
    summary: "The same, as what is different from the colours before.",
    entities: coloured,
  },
  capability: () => ({}),
  empty: nothing,
  handle: (session, { textDocument, previousResultId }) =>
    session.tokens.change(textDocument.uri, previousResultId, encode(session, textDocument)),
};

export const semanticTokensRangeHandler: RequestHandler<SemanticTokensRangeParams, SemanticTokens> = {
  method: SemanticTokensRangeRequest.method,
  about: {
    title: "Colours in sight",
    summary: "The same, for the part of a document that is shown.",
    entities: coloured,
  },
  capability: () => ({}),
  empty: nothing,
  handle(session, { textDocument, range }) {
    const path = session.uris.toPath(textDocument.uri);
    if (path === undefined) return nothing;
    return { data: encode(session, textDocument, session.converter().toOurRange(path, range)) };
  },
};

/** As the protocol has them: five numbers a token, each place relative to the token before. */
function encode(session: Session, textDocument: TextDocumentIdentifier, within?: Range): number[] {
  const query = queryFile(session, textDocument);
  if (query === undefined) return [];
  const converter = session.converter();
  const builder = new SemanticTokensBuilder();
  for (const { type, modifiers, ...range } of collectSemanticTokens(query, session.occurrences)) {
    if (within !== undefined && (range.end < within.start || within.end < range.start)) continue;
    const { start, end } = converter.toRange(query.path, range);
    const bits = modifiers.reduce((sum, modifier) => sum | (1 << tokenModifiers.indexOf(modifier)), 0);
    builder.push(
      start.line,
      start.character,
      end.character - start.character,
      tokenTypes.indexOf(type),
      bits,
    );
  }
  return builder.build().data;
}
