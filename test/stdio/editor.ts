/** What VS Code can show, and what it asks of a document. */
import type { ClientCapabilities, Position, Range, ServerCapabilities } from "vscode-languageserver/node";

export const capabilities: ClientCapabilities = {
  workspace: {
    workspaceFolders: true,
    configuration: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
  },
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        commitCharactersSupport: true,
        deprecatedSupport: true,
        labelDetailsSupport: true,
        tagSupport: { valueSet: [1] },
        resolveSupport: { properties: ["documentation", "detail"] },
      },
    },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["", "quickfix", "refactor", "source"] } },
      dataSupport: true,
      isPreferredSupport: true,
    },
    diagnostic: { relatedDocumentSupport: false },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    foldingRange: { lineFoldingOnly: true },
    hover: { contentFormat: ["markdown", "plaintext"] },
    semanticTokens: {
      requests: { full: { delta: true }, range: true },
      tokenTypes: [
        "class",
        "interface",
        "struct",
        "type",
        "parameter",
        "variable",
        "property",
        "enumMember",
        "function",
      ],
      tokenModifiers: ["declaration", "definition", "readonly", "defaultLibrary"],
      formats: ["relative"],
    },
  },
};

/** What VS Code asks of a document after a key, by the capability that says the server answers it. */
export const asked: readonly (readonly [keyof ServerCapabilities, string, (at: Cursor) => object])[] = [
  ["hoverProvider", "textDocument/hover", ({ position }) => ({ position })],
  ["signatureHelpProvider", "textDocument/signatureHelp", ({ position }) => ({ position })],
  ["documentHighlightProvider", "textDocument/documentHighlight", ({ position }) => ({ position })],
  ["foldingRangeProvider", "textDocument/foldingRange", () => ({})],
  ["documentLinkProvider", "textDocument/documentLink", () => ({})],
  ["codeLensProvider", "textDocument/codeLens", () => ({})],
  ["inlayHintProvider", "textDocument/inlayHint", ({ whole }) => ({ range: whole })],
  ["selectionRangeProvider", "textDocument/selectionRange", ({ position }) => ({ positions: [position] })],
  ["semanticTokensProvider", "textDocument/semanticTokens/range", ({ whole }) => ({ range: whole })],
];

export interface Cursor {
  readonly position: Position;
  readonly whole: Range;
}

export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
