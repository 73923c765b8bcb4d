/** textDocument/didOpen, didChange, didSave and didClose: from here on a document is what the editor shows, or what is on disk. */
import {
  DidChangeTextDocumentNotification,
  type DidChangeTextDocumentParams,
  DidCloseTextDocumentNotification,
  type DidCloseTextDocumentParams,
  DidOpenTextDocumentNotification,
  type DidOpenTextDocumentParams,
  DidSaveTextDocumentNotification,
  type DidSaveTextDocumentParams,
} from "vscode-languageserver";
import type { Session } from "../session.ts";
import type { NotificationHandler } from "./notification.ts";

export const didOpenDocument: NotificationHandler<DidOpenTextDocumentParams> = {
  method: DidOpenTextDocumentNotification.method,
  summary: "The document is read as the editor has it, saved or not, and its flake with it.",
  handle(session, params) {
    readDiskAgain(session);
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

export const didSaveDocument: NotificationHandler<DidSaveTextDocumentParams> = {
  method: DidSaveTextDocumentNotification.method,
  summary: "For clients that watch no files: all files are as they are on disk now, whoever wrote them.",
  handle: readDiskAgain,
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

/** A client that does not tell what changes on disk: now is as good as any moment to look. */
function readDiskAgain({ capabilities, workspace }: Session): void {
  if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) return;
  workspace.changed(workspace.snapshot().roots);
}
