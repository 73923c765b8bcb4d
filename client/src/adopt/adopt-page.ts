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
  private held = 0;
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

  /** A page that changes takes the focus from the box in which a person types: it waits until `act` is done. */
  async hold(act: () => Promise<void>): Promise<void> {
    this.held++;
    try {
      await act();
    } finally {
      this.held--;
      await this.update();
    }
  }

  private async update(): Promise<void> {
    const { panel, root } = this;
    if (panel === undefined || this.held > 0) return;
    const params: FolderParams = { root };
    const found = await this.client.sendRequest<AdoptionSummary>(adoptionRequest, params);
    // It may be closed by now, or about another folder.
    if (this.panel !== panel || this.root !== root || this.held > 0) return;
    const html = pageHtml(found, root, folderName(root));
    if (panel.webview.html !== html) panel.webview.html = html;
  }

  dispose(): void {
    this.following.dispose();
    this.panel?.dispose();
  }
}
