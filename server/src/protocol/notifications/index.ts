/** All notifications the server listens to. A new one is an object in a file beside this, and a line in the list. */
import type { Connection } from "vscode-languageserver";
import type { Guard } from "../guard.ts";
import type { Session } from "../session.ts";
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

/**
 * To be called once the client is ready: some handlers replace those of the protocol library. `then` follows each,
 * with the URI of the document that is being typed in, if that is what happened.
 */
export function registerNotifications(
  connection: Connection,
  guard: Guard,
  then: (session: Session, typedIn: string | undefined) => void,
): void {
  for (const handler of notificationHandlers) {
    const take = guard.notification(handler.method, (session, params: never) => {
      handler.handle(session, params);
      then(session, handler.typedIn?.(params));
    });
    connection.onNotification(handler.method, (params) => take(params as never));
  }
}
