/** workspace/willRenameFiles: what a move of files asks of the code, before it is made. */
import { type RenameFilesParams, WillRenameFilesRequest, type WorkspaceEdit } from "vscode-languageserver";
import { moveFilesInSteps } from "../../features/rename/moved-files.ts";
import { toRenameAnswer } from "../rename-edit.ts";
import { whole } from "../whole.ts";
import type { RequestHandler } from "./handler.ts";

export const willRenameFilesHandler: RequestHandler<RenameFilesParams, WorkspaceEdit | null> = {
  method: WillRenameFilesRequest.method,
  about: {
    title: "Moving files",
    summary:
      "When a file or folder is renamed or moved in the editor's list of files, the paths that lead to it, and those that lead out of it, are written anew.",
    entities: {
      machine:
        "Another name for its folder `machines/<name>` renames it, as Rename does; where that is refused, only paths are mended.",
      path: "Relative ones, in imports and elsewhere; where only a name changes, also those in strings behind `self`.",
    },
    offered: "clients that ask before they move files.",
  },
  capability: ({ capabilities }) =>
    capabilities.workspace?.fileOperations?.willRename === true
      ? {
          workspace: {
            fileOperations: {
              willRename: {
                filters: [
                  { pattern: { glob: "**/*.nix", matches: "file" } },
                  { pattern: { glob: "**", matches: "folder" } },
                ],
              },
            },
          },
        }
      : {},
  empty: null,
  prepare: (session) => session.evaluateMachines(),
  *handle(session, { files }) {
    const moves = files.flatMap(({ oldUri, newUri }) => {
      const [from, to] = [session.uris.toPath(oldUri), session.uris.toPath(newUri)];
      return from === undefined || to === undefined ? [] : [{ from, to }];
    });
    const query = { snapshot: session.workspace.snapshot(), clans: session.clans };
    const answer = yield* whole(session, moveFilesInSteps(query, moves, session.occurrences));
    if (session.workspace.snapshot() !== query.snapshot) return null;
    if (answer === "cut") {
      session.showMessage(
        "It took too long to see which paths lead to what is moved: they stay as they are.",
      );
      return null;
    }
    const { kept, ...change } = answer;
    if (kept !== undefined) session.showMessage(`The machine keeps its name. ${kept}`);
    const { edit, message } = toRenameAnswer(session, change);
    if (message !== undefined) session.showMessage(message);
    return change.edits.length === 0 && change.moves.length === 0 ? null : edit;
  },
};
