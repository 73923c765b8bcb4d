/** textDocument/prepareRename: the word that would be renamed, or why it cannot be. */
import {
  LSPErrorCodes,
  type PrepareRenameParams,
  PrepareRenameRequest,
  type PrepareRenameResult,
  ResponseError,
} from "vscode-languageserver";
import { findRenameTarget } from "../../features/rename/target.ts";
import { toPlainText } from "../plain-text.ts";
import type { RequestHandler } from "./handler.ts";
import { queryAt } from "./query.ts";

export const prepareRenameHandler: RequestHandler<
  PrepareRenameParams,
  PrepareRenameResult | ResponseError<void> | null
> = {
  method: PrepareRenameRequest.method,
  about: {
    title: "Begin a rename",
    summary: "Gives the word that would be renamed, or says why it cannot be.",
    entities: {
      tag: "Not the predefined ones.",
      role: "Those of the clan's own services.",
      setting: "Those of the clan's own services.",
      service: "Those the clan defines.",
      generator: "Not those that a service of clan-core makes.",
    },
    offered: "Clients that can ask before they rename.",
  },
  capability: ({ capabilities }) =>
    capabilities.textDocument?.rename?.prepareSupport === true
      ? { renameProvider: { prepareProvider: true } }
      : {},
  empty: null,
  prepare: (session) => session.evaluateMachines(),
  handle(session, params) {
    const query = queryAt(session, params);
    const target = query && findRenameTarget(query, session.occurrences);
    if (query === undefined || target === undefined) return null;
    if (target.kind === "refused")
      return new ResponseError(LSPErrorCodes.RequestFailed, toPlainText(target.reason));
    return { range: session.converter().toRange(query.path, target.range), placeholder: target.name };
  },
};
