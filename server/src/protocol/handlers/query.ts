/**
 * What a feature is asked with, from a request's parameters.
 *
 *   queryAt(session, { textDocument: { uri: "file:///clan/clan.nix" }, position })   ->   { path, offset, … }
 */
import type { TextDocumentIdentifier, TextDocumentPositionParams } from "vscode-languageserver";
import type { Query } from "../../features/query.ts";
import type { Session } from "../session.ts";

/** Undefined for a document that is no file. In the present state, if no other is meant. */
export function queryAt(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
  snapshot = session.workspace.snapshot(),
): Query | undefined {
  const query = queryFile(session, textDocument, snapshot);
  return query && { ...query, offset: session.converter(snapshot).toOffset(query.path, position) };
}

/** For what is asked of a whole document. Undefined for one that is no file. */
export function queryFile(
  session: Session,
  textDocument: TextDocumentIdentifier,
  snapshot = session.workspace.snapshot(),
): Omit<Query, "offset"> | undefined {
  const path = session.uris.toPath(textDocument.uri);
  return path === undefined ? undefined : { snapshot, clans: session.clans, path };
}
