/**
 * "Clan: Show Topology": a picture of the clan beside the editor, drawn by the page in client/page. It follows edits and the cursor, and
 * what is chosen in it leads to the code.
 */
import {
  commands,
  Disposable,
  type ExtensionContext,
  type Hover,
  Range,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { PlaceArgument } from "../../../shared/requests.ts";
import type { FromPage, ToPage } from "../../../shared/topology.ts";
import type { Inventory } from "../inventory.ts";
import { toLocation } from "../show-places.ts";
import { ClanData } from "../views/clan-data.ts";
import { onCursor, type ThingAtOf } from "../views/follow-cursor.ts";
import { pageHtml } from "./page.ts";

/** Until disposed. */
export function registerTopology(
  context: ExtensionContext,
  client: BaseLanguageClient,
  inventory: Inventory,
  thingAt: ThingAtOf,
): Disposable {
  let panel: WebviewPanel | undefined;
  const command = commands.registerCommand("clan.showTopology", () => {
    if (panel !== undefined) {
      panel.reveal();
      return;
    }
    panel = window.createWebviewPanel("clan.topology", "Topology", ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [Uri.joinPath(context.extensionUri, "dist", "page")],
    });
    const shown = fillPanel(panel, context.extensionUri, client, inventory, thingAt);
    panel.onDidDispose(() => {
      shown.dispose();
      panel = undefined;
    });
  });
  return Disposable.from(command, new Disposable(() => panel?.dispose()));
}

function fillPanel(
  panel: WebviewPanel,
  extensionUri: Uri,
  client: BaseLanguageClient,
  inventory: Inventory,
  thingAt: ThingAtOf,
): Disposable {
  const { webview } = panel;
  const file = (name: string) =>
    webview.asWebviewUri(Uri.joinPath(extensionUri, "dist", "page", name)).toString();
  const data = new ClanData(client, inventory, []);
  const send = (message: ToPage) => webview.postMessage(message);
  const sendClans = async () => send({ kind: "clans", clans: await data.clans() });
  const following = Disposable.from(
    data,
    data.onDidChange(sendClans),
    webview.onDidReceiveMessage(async (message: FromPage) => {
      switch (message.kind) {
        case "ready":
          await sendClans();
          break;
        case "open":
          await open(message.place);
          break;
        case "describe":
          await send({ kind: "description", of: message.of, text: await describe(message.place) });
          break;
        case "save":
          await save(message);
      }
    }),
    onCursor(
      () => panel.visible,
      thingAt,
      (thing) => void send({ kind: "select", thing }),
    ),
  );
  webview.html = pageHtml({
    script: file("topology.js"),
    style: file("topology.css"),
    source: webview.cspSource,
    nonce: globalThis.crypto.randomUUID(),
  });
  return following;
}

/** In an editor beside the picture, which stays: where the text is shown already, else in place of another. */
async function open(place: PlaceArgument): Promise<void> {
  const { uri, range } = toLocation(place);
  const editors = window.visibleTextEditors;
  const there = editors.find(({ document }) => document.uri.toString() === uri.toString()) ?? editors[0];
  await window.showTextDocument(await workspace.openTextDocument(uri), {
    viewColumn: there?.viewColumn ?? ViewColumn.Beside,
    // The name is not selected: what is typed next must not replace it.
    selection: new Range(range.start, range.start),
  });
}

/** What hovering over the name says, as plain text. */
async function describe(place: PlaceArgument): Promise<string> {
  const { uri, range } = toLocation(place);
  const hovers = await commands.executeCommand<readonly Hover[] | undefined>(
    "vscode.executeHoverProvider",
    uri,
    range.start,
  );
  const texts = (hovers ?? []).flatMap(({ contents }) =>
    contents.map((content) => plain(typeof content === "string" ? content : content.value)),
  );
  return texts.join("\n\n");
}

/** Markdown without its marks. */
function plain(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/^```.*\n?/gm, "")
    .replaceAll(/\*\*([^*]+)\*\*|`([^`]+)`|(?<![\w\\])_([^_\n]+)_(?!\w)/g, "$1$2$3")
    .replaceAll(/\\([^A-Za-z0-9\s])/g, "$1")
    .trim();
}

async function save({ format, name, data }: Extract<FromPage, { kind: "save" }>): Promise<void> {
  const [folder] = workspace.workspaceFolders ?? [];
  const file = `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")}-topology.${format}`;
  const uri = await window.showSaveDialog({
    filters: { [format.toUpperCase()]: [format] },
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder.uri, file) }),
  });
  if (uri === undefined) return;
  const bytes =
    format === "svg"
      ? new TextEncoder().encode(data)
      : Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  await workspace.fs.writeFile(uri, bytes);
  window.setStatusBarMessage(`Saved ${workspace.asRelativePath(uri)}`, shownFor);
}

/** In milliseconds. */
const shownFor = 5000;
