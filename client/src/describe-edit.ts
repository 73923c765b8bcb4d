/**
 * What an edit of the workspace will change, in a line that fits into a list.
 *
 *   "Adds to clan.nix, creates machines/nb/configuration.nix"
 */
import type { WorkspaceEdit } from "vscode-languageclient";

/** Of an edit that only adds. `show` says a URI as the person knows it. */
export function describeAddition(edit: WorkspaceEdit, show: (uri: string) => string): string {
  const created = (edit.documentChanges ?? []).flatMap((change) =>
    "kind" in change && change.kind === "create" ? [change.uri] : [],
  );
  const written = editedUris(edit).filter((uri) => !created.includes(uri));
  const add = written.map((uri) => `adds to ${show(uri)}`);
  const line = [...add, ...created.map((uri) => `creates ${show(uri)}`)].join(", ");
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/** The texts that it changes, sorted. */
export function editedUris({ documentChanges, changes = {} }: WorkspaceEdit): string[] {
  const edited =
    documentChanges?.flatMap((change) => ("kind" in change ? [] : [change.textDocument.uri])) ??
    Object.keys(changes);
  return [...new Set(edited)].sort();
}
