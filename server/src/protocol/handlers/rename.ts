/** textDocument/rename: another name for a thing of the clan, in all files, with the folders named after it. */
import {
  LSPErrorCodes,
  type RenameParams,
  RenameRequest,
  ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { renameInSteps } from "../../features/rename/rename.ts";
import { toPlainText } from "../plain-text.ts";
import { toRenameAnswer } from "../rename-edit.ts";
import { tookTooLong, whole } from "../whole.ts";
import type { RequestHandler } from "./handler.ts";
import { queryAt } from "./query.ts";

export const renameHandler: RequestHandler<RenameParams, WorkspaceEdit | ResponseError<void> | null> = {
  method: RenameRequest.method,
  about: {
    title: "Rename",
    summary:
      "Gives a thing another name wherever it stands: in options, code, paths, scripts and inventory.json. The clan is evaluated as it would be; where it would not be the same up to the name, the rename is refused with the reason. Words in code that is switched off, or that could mean something else, are asked about in an editor with a preview.",
    entities: {
      machine: "With `machines/<name>`, its vars, and its keys in the stores of secrets.",
      tag: "In machines, roles and `inventory.tags`.",
      instance: "Its service stays what it is; vars named after it move along.",
      role: "Of the clan's own services, with the services' code.",
      service: "Of the clan's own: `modules` and each instance.",
      setting: "Of the clan's own services, with the services' code.",
      generator: "With its folders of vars; also its files and prompts.",
    },
  },
  capability: () => ({ renameProvider: {} }),
  empty: null,
  prepare: (session) => session.evaluateMachines(),
  *handle(session, { newName, ...params }) {
    const query = queryAt(session, params);
    if (query === undefined) return null;
    const result = yield* whole(session, renameInSteps(query, newName, session.occurrences));
    if (session.workspace.snapshot() !== query.snapshot)
      return new ResponseError(LSPErrorCodes.ContentModified, "The files have changed meanwhile.");
    if (result === "cut") return new ResponseError(LSPErrorCodes.RequestFailed, tookTooLong);
    if (result.kind === "refused")
      return new ResponseError(LSPErrorCodes.RequestFailed, toPlainText(result.reason));
    const { edit, message } = toRenameAnswer(session, result);
    if (message !== undefined) session.showMessage(message);
    return edit;
  },
};
