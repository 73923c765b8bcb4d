/** All notifications the server listens to. A new one is an object in a file beside this, and a line in the list. */
import type { Connection } from "vscode-languageserver";
import type { DiagnosticsPublisher } from "../diagnostics.ts";
import type { Guard } from "../guard.ts";
import { didChangeDocument, didCloseDocument, didOpenDocument, didSaveDocument } from "./documents.ts";
import {
  didChangeWatchedFiles,
  didCreateFiles,
  didDeleteFiles,
  didRenameFiles,
  didSendFiles,
} from "./files.ts";
import { didChangeFolders } from "./folders.ts";
import { didAnswerNix } from "./nix-answer.ts";
import type { NotificationHandler } from "./notification.ts";

/** In the order docs/features.md shows them. */
export const notificationHandlers: readonly NotificationHandler<never>[] = [
  didOpenDocument,
  didChangeDocument,
  didSaveDocument,
  didCloseDocument,
  didChangeWatchedFiles,
  didCreateFiles,
  didRenameFiles,
  didDeleteFiles,
  didChangeFolders,
  didSendFiles,
  didAnswerNix,
];

/** To be called once the client is ready: some handlers replace those of the protocol library. */
export function registerNotifications(
  connection: Connection,
  guard: Guard,
  publisher: DiagnosticsPublisher,
): void {
  for (const handler of notificationHandlers) {
    const take = guard.notification(handler.method, (session, params: never) => {
      handler.handle(session, params);
      publisher.schedule(session, handler.typedIn?.(params));
    });
    connection.onNotification(handler.method, (params) => take(params as never));
  }
}
