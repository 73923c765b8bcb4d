/**
 * Places in a terminal lead to the files of the clan, also those in the store's copy of its flake: with Ctrl or Cmd and a
 * click. Of files that are not there VS Code shows no link.
 */
import {
  type Disposable,
  FileType,
  Range,
  type TerminalLink,
  type TerminalLinkProvider,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Inventory } from "./inventory.ts";
import { type PrintedPlace, placesInLine } from "./terminal-links.ts";

interface PlaceLink extends TerminalLink {
  readonly file: Uri;
  readonly place: PrintedPlace;
}

export function registerTerminalLinks(inventory: Inventory): Disposable {
  return window.registerTerminalLinkProvider(provider(inventory));
}

function provider(inventory: Inventory): TerminalLinkProvider<PlaceLink> {
  return {
    async provideTerminalLinks({ line }) {
      const places = placesInLine(line);
      if (places.length === 0) return [];
      const clans = await inventory().catch(() => []);
      const folders = clans.map(({ root }) => Uri.parse(root));
      const links = await Promise.all(places.map((place) => linkTo(place, folders)));
      return links.filter((link) => link !== undefined);
    },
    async handleTerminalLink({ file, place }) {
      await showPlace(file, place);
    },
  };
}

async function linkTo(place: PrintedPlace, clans: readonly Uri[]): Promise<PlaceLink | undefined> {
  const { inSource, path, start, length } = place;
  const [first] = clans;
  // A clan in a folder of its flake has its path in the copy of the whole flake: workspace folders may be that flake's.
  const folders = [...clans, ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
  const candidates =
    inSource === undefined
      ? [first?.with({ path }) ?? Uri.file(path)]
      : folders.map((folder) => Uri.joinPath(folder, inSource));
  for (const file of candidates)
    if (await isFile(file))
      return { startIndex: start, length, tooltip: workspace.asRelativePath(file), file, place };
  return undefined;
}

async function isFile(file: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(file)).type & FileType.File) !== 0;
  } catch {
    return false;
  }
}

async function showPlace(file: Uri, { line, column }: PrintedPlace): Promise<void> {
  const document = await workspace.openTextDocument(file);
  // The file may be shorter by now.
  const at = document.validatePosition(document.positionAt(0).with(line - 1, column - 1));
  await window.showTextDocument(document, { selection: new Range(at, at) });
}
