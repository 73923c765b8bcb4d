/** workspace/didChangeWorkspaceFolders: folders come and go. */
import {
  DidChangeWorkspaceFoldersNotification,
  type DidChangeWorkspaceFoldersParams,
} from "vscode-languageserver";
import type { NotificationHandler } from "./notification.ts";

export const didChangeFolders: NotificationHandler<DidChangeWorkspaceFoldersParams> = {
  method: DidChangeWorkspaceFoldersNotification.method,
  summary: "The clans of a folder that is added are read; those of one that is removed are forgotten.",
  handle(session, { event: { added, removed } }) {
    session.changeFolders(
      added.map((folder) => folder.uri),
      removed.map((folder) => folder.uri),
    );
  },
};
