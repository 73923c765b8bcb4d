/**
 * What an edit of the workspace will change, in a line that fits into a list.
 *
 *   "Adds to clan.nix, creates machines/nb/configuration.nix"
 */
import type { TextEdit, WorkspaceEdit } from "vscode-languageclient";

/** Of an edit that only adds. `show` says a URI as the person knows it. */
export function describeAddition(edit: WorkspaceEdit, show: (uri: string) => string): string {
  const created = createdUris(edit);
  const written = editedUris(edit).filter((uri) => !created.includes(uri));
  const add = written.map((uri) => `adds to ${show(uri)}`);
  const line = [...add, ...created.map((uri) => `creates ${show(uri)}`)].join(", ");
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/**
 * What it writes, for a person to read before: each text below the name of its file.
 *
 *   clan.nix:
 *       nb = { };
 */
export function describeTexts(edit: WorkspaceEdit, show: (uri: string) => string): string {
  const created = createdUris(edit);
  return textEdits(edit)
    .map(({ uri, edits }) => {
      const name = created.includes(uri) ? `${show(uri)} (new file)` : show(uri);
      return `${name}:\n${edits.map(({ newText }) => indented(newText)).join("\n")}`;
    })
    .join("\n\n");
}

/** Without the indentation it has in its file. */
function indented(text: string): string {
  const lines = text.replace(/^\s*\n|\s+$/g, "").split("\n");
  const depth = Math.min(
    ...lines.filter((line) => line !== "").map((line) => /^ */.exec(line)?.[0].length ?? 0),
  );
  return lines
    .map((line, index) => `    ${index === 0 && !line.startsWith(" ") ? line : line.slice(depth)}`)
    .join("\n");
}

/** The texts with what changes in each, the files that come into being first. */
export function textEdits({ changes = {}, documentChanges = [] }: WorkspaceEdit): readonly {
  readonly uri: string;
  readonly edits: readonly TextEdit[];
}[] {
  return [
    ...Object.entries(changes).map(([uri, edits]) => ({ uri, edits })),
    ...documentChanges.flatMap((change) =>
      // Our server sends no snippets.
      "textDocument" in change
        ? [{ uri: change.textDocument.uri, edits: change.edits as readonly TextEdit[] }]
        : [],
    ),
  ];
}

/** The files that come into being. */
export function createdUris({ documentChanges = [] }: WorkspaceEdit): string[] {
  return documentChanges.flatMap((change) =>
    "kind" in change && change.kind === "create" ? [change.uri] : [],
  );
}

/** The texts that it changes, sorted. */
export function editedUris(edit: WorkspaceEdit): string[] {
  return [...new Set(textEdits(edit).map(({ uri }) => uri))].sort();
}
