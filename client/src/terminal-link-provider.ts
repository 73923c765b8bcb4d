/**
 * Places in a terminal lead to the files of the clan, also those in the store's copy of its flake: with Ctrl or Cmd and a
 * click. Of files that are not there VS Code shows no link.
 */
import {
  type Disposable,
  Range,
  type TerminalLink,
  type TerminalLinkProvider,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Inventory } from "./inventory.ts";
import { type PrintedPlace, placesInLine } from "./terminal-links.ts";
import { fileOfPlace, positionIn } from "./workspace-place.ts";

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
  const { start, length } = place;
  const file = await fileOfPlace(place, clans);
  return file && { startIndex: start, length, tooltip: workspace.asRelativePath(file), file, place };
}

/** Shows the line and column in the editor. */
export async function showPlace(file: Uri, place: PrintedPlace): Promise<void> {
  const document = await workspace.openTextDocument(file);
  const at = positionIn(document, place);
  await window.showTextDocument(document, { selection: new Range(at, at) });
}
