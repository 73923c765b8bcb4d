/** Files and folders that change on disk, whoever changes them. */
import {
  type CreateFilesParams,
  type DeleteFilesParams,
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
  DidCreateFilesNotification,
  DidDeleteFilesNotification,
  DidRenameFilesNotification,
  type FileOperationOptions,
  type RenameFilesParams,
} from "vscode-languageserver";
import { type FilesNotification, filesNotification } from "../../../../shared/requests.ts";
import { MemoryFileSystem } from "../../project/file-system.ts";
import type { Session } from "../session.ts";
import type { NotificationHandler } from "./notification.ts";

/** Any file may be one a clan reads, and any folder one of its machines. */
const everything = { filters: [{ pattern: { glob: "**" } }] };

/** What the client is told of the notifications here. */
export const fileOperations: FileOperationOptions = {
  didCreate: everything,
  didRename: everything,
  didDelete: everything,
};

export const didChangeWatchedFiles: NotificationHandler<DidChangeWatchedFilesParams> = {
  method: DidChangeWatchedFilesNotification.method,
  summary:
    "Files and folders that changed outside the editor are read again, if the clan reads them or git's index and ignore files say of them what a flake sees.",
  handle: (session, { changes }) =>
    changed(
      session,
      changes.map(({ uri }) => uri),
    ),
};

export const didCreateFiles: NotificationHandler<CreateFilesParams> = {
  method: DidCreateFilesNotification.method,
  summary: "Files and folders created in the editor are there, whether the client watches the disk or not.",
  handle: (session, { files }) =>
    changed(
      session,
      files.map(({ uri }) => uri),
    ),
};

export const didRenameFiles: NotificationHandler<RenameFilesParams> = {
  method: DidRenameFilesNotification.method,
  summary: "Files and folders renamed in the editor are at their new place, and no more at the old.",
  handle: (session, { files }) =>
    changed(
      session,
      files.flatMap(({ oldUri, newUri }) => [oldUri, newUri]),
    ),
};

export const didDeleteFiles: NotificationHandler<DeleteFilesParams> = {
  method: DidDeleteFilesNotification.method,
  summary: "Files and folders deleted in the editor are gone; a machine known from its folder alone with it.",
  handle: (session, { files }) =>
    changed(
      session,
      files.map(({ uri }) => uri),
    ),
};

/** Of our own: a browser hands in the files that a web worker cannot read. */
export const didSendFiles: NotificationHandler<FilesNotification> = {
  method: filesNotification,
  summary:
    "Files of a workspace the server cannot read by itself, as in a browser. It is not a method of the protocol.",
  handle(session, { files }) {
    if (!(session.fileSystem instanceof MemoryFileSystem)) return;
    for (const [uri, text] of Object.entries(files)) {
      const path = session.uris.toPath(uri);
      if (path === undefined) continue;
      if (text === null) session.fileSystem.remove(path);
      else session.fileSystem.write(path, text);
    }
    changed(session, Object.keys(files));
  },
};

function changed(session: Session, uris: readonly string[]): void {
  session.workspace.changed(uris.flatMap((uri) => session.uris.toPath(uri) ?? []));
}
