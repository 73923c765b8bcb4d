/** textDocument/documentSymbol: what a file says of the clan, as an outline. */
import {
  type DocumentSymbol,
  type DocumentSymbolParams,
  DocumentSymbolRequest,
  type SymbolInformation,
} from "vscode-languageserver";
import { collectDocumentSymbols, type DocumentSymbol as OurSymbol } from "../../features/document-symbols.ts";
import type { Converter } from "../convert.ts";
import type { RequestHandler } from "./handler.ts";
import { queryFile } from "./query.ts";
import { symbolKinds } from "./symbol-kinds.ts";

export const documentSymbolHandler: RequestHandler<
  DocumentSymbolParams,
  DocumentSymbol[] | SymbolInformation[]
> = {
  method: DocumentSymbolRequest.method,
  about: {
    title: "Outline",
    summary: "What a file says of the clan, each thing with what is written below it.",
    entities: {
      machine: "With its class, and the tags it is given.",
      tag: "At the machine or role that names it.",
      instance: "With its service, and its roles.",
      role: "With the machines and tags it names; with its service, where that is defined.",
      service: "Those the flake defines.",
      generator: "With its files and prompts.",
    },
  },
  capability: () => ({ documentSymbolProvider: true }),
  empty: [],
  handle(session, { textDocument }) {
    const query = queryFile(session, textDocument);
    if (query === undefined) return [];
    const converter = session.converter();
    const symbols = collectDocumentSymbols(query, session.occurrences);
    const { documentSymbol } = session.capabilities.textDocument ?? {};
    return documentSymbol?.hierarchicalDocumentSymbolSupport === true
      ? symbols.map((symbol) => toNested(symbol, query.path, converter))
      : symbols.flatMap((symbol) => toFlat(symbol, undefined, query.path, converter));
  },
};

function toNested(symbol: OurSymbol, path: string, converter: Converter): DocumentSymbol {
  return {
    name: symbol.name,
    kind: symbolKinds[symbol.kind],
    ...(symbol.detail === undefined ? {} : { detail: symbol.detail }),
    range: converter.toRange(path, symbol.range),
    selectionRange: converter.toRange(path, symbol.selection),
    children: symbol.children.map((child) => toNested(child, path, converter)),
  };
}

/** For clients that show a list: each says in which it lies. */
function toFlat(
  { name, kind, range, children }: OurSymbol,
  containerName: string | undefined,
  path: string,
  converter: Converter,
): SymbolInformation[] {
  const own = {
    name,
    kind: symbolKinds[kind],
    location: converter.toLocation({ path, ...range }),
    ...(containerName === undefined ? {} : { containerName }),
  };
  return [own, ...children.flatMap((child) => toFlat(child, name, path, converter))];
}
