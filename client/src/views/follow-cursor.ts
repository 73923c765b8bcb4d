/**
 * The views select the machine, instance or role that the cursor of the editor is in. Only one that is on the screen, and it
 * takes no focus.
 */
import { Disposable, type TextEditor, type TreeView, window, workspace } from "vscode";
import type { TextDocumentPositionParams } from "vscode-languageclient";
import type { ThingAtSummary } from "../../../shared/requests.ts";
import type { TreeEntry } from "./entry.ts";

/** Asks the server. Rejects when it does not run. */
export type ThingAtOf = (params: TextDocumentPositionParams) => Promise<ThingAtSummary | null>;

export interface FollowingView {
  readonly view: TreeView<TreeEntry>;
  /** All its rows that need not be asked for. */
  rows(): Promise<readonly TreeEntry[]>;
}

/** In milliseconds: a cursor that moves on is not followed. */
const delay = 250;

/** Until disposed. */
export function followCursor(views: readonly FollowingView[], thingAt: ThingAtOf): Disposable {
  const visible = () => views.filter(({ view }) => view.visible);
  return onCursor(
    () => visible().length > 0,
    thingAt,
    async (thing) => {
      for (const { view, rows } of visible()) {
        // The person may have chosen another row of the same thing.
        if (view.selection.some((row) => isRowOf(row, thing))) continue;
        const row = findRow(await rows(), thing);
        if (row !== undefined) await view.reveal(row, { select: true, focus: false });
      }
    },
  );
}

/** Tells what the cursor of an editor of Nix has come to, while somebody looks and the setting wants it. Until disposed. */
export function onCursor(
  isSeen: () => boolean,
  thingAt: ThingAtOf,
  tell: (thing: ThingAtSummary) => void | Promise<void>,
): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = async ({ document, selection }: TextEditor) => {
    if (!isSeen() || document.languageId !== "nix") return;
    if (workspace.getConfiguration("clan").get("followCursor") === false) return;
    const { line, character } = selection.active;
    const params = { textDocument: { uri: document.uri.toString() }, position: { line, character } };
    const thing = await thingAt(params).catch(() => null);
    if (thing !== null) await tell(thing);
  };
  return Disposable.from(
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      clearTimeout(timer);
      timer = setTimeout(() => void follow(textEditor), delay);
    }),
    new Disposable(() => clearTimeout(timer)),
  );
}

/** The first from the top that stands for it. */
function findRow(rows: readonly TreeEntry[], thing: ThingAtSummary): TreeEntry | undefined {
  for (const row of rows) {
    if (isRowOf(row, thing)) return row;
    const below = findRow(row.children ?? [], thing);
    if (below !== undefined) return below;
  }
  return undefined;
}

function isRowOf({ of }: TreeEntry, thing: ThingAtSummary): boolean {
  return (
    of?.root === thing.root &&
    of.kind === thing.kind &&
    of.name === thing.name &&
    of.instance === thing.instance
  );
}
