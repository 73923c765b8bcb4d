/** textDocument/didOpen, didChange and didClose: from here on a document is what the editor shows, or what is on disk. */
import {
  DidChangeTextDocumentNotification,
  type DidChangeTextDocumentParams,
  DidCloseTextDocumentNotification,
  type DidCloseTextDocumentParams,
  DidOpenTextDocumentNotification,
  type DidOpenTextDocumentParams,
} from "vscode-languageserver";
import type { NotificationHandler } from "./notification.ts";

export const didOpenDocument: NotificationHandler<DidOpenTextDocumentParams> = {
  method: DidOpenTextDocumentNotification.method,
  summary: "The document is read as the editor has it, saved or not, and its flake with it.",
  handle(session, params) {
    session.documents.open(params);
    session.updateRoots();
  },
};

export const didChangeDocument: NotificationHandler<DidChangeTextDocumentParams> = {
  method: DidChangeTextDocumentNotification.method,
  summary:
    "All clans that read the document are read anew; a question that was asked about it before is refused.",
  handle(session, params) {
    session.documents.change(params);
  },
  typedIn: ({ textDocument }) => textDocument.uri,
};

export const didCloseDocument: NotificationHandler<DidCloseTextDocumentParams> = {
  method: DidCloseTextDocumentNotification.method,
  summary: "The document is what is on disk again.",
  handle(session, { textDocument }) {
    session.documents.close(textDocument.uri);
    session.tokens.forget(textDocument.uri);
    session.updateRoots();
  },
};
