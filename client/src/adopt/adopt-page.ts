/** "Clan: Adopt Clan in This Flake…": a page about the flake, which follows what changes on disk and in the editor. */
import { type Disposable, ViewColumn, type WebviewPanel, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type AdoptionSummary, adoptionRequest, type FolderParams } from "../../../shared/requests.ts";
import { onClansChanged } from "../clans-changed.ts";
import { adoptCommands, folderName } from "./adopt-commands.ts";
import { pageHtml } from "./page-html.ts";

export class AdoptPage implements Disposable {
  private panel: WebviewPanel | undefined;
  private root = "";
  private readonly following: Disposable;

  constructor(private readonly client: BaseLanguageClient) {
    this.following = onClansChanged(client, () => this.update());
  }

  /** Of the folder with that URI, in front. */
  async show(root: string): Promise<void> {
    this.root = root;
    if (this.panel === undefined) {
      this.panel = window.createWebviewPanel("clan.adopt", "Adopt Clan", ViewColumn.Active, {
        enableScripts: false,
        enableCommandUris: [adoptCommands.write, adoptCommands.moveHost, adoptCommands.secretToGenerator],
      });
      this.panel.onDidDispose(() => {
        this.panel = undefined;
      });
    } else this.panel.reveal();
    await this.update();
  }

  async update(): Promise<void> {
    const { panel, root } = this;
    if (panel === undefined) return;
    const params: FolderParams = { root };
    const found = await this.client.sendRequest<AdoptionSummary>(adoptionRequest, params);
    // It may be closed by now, or about another folder.
    if (this.panel !== panel || this.root !== root) return;
    const html = pageHtml(found, root, folderName(root));
    // It would take the focus from a list that is open.
    if (panel.webview.html !== html) panel.webview.html = html;
  }

  dispose(): void {
    this.following.dispose();
    this.panel?.dispose();
  }
}
