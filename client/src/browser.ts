/** The extension in a browser: the language server is a web worker, which is handed all it would read. */
import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { clientId, clientName, clientOptions } from "./client-options.ts";
import { activateExtension } from "./extension.ts";
import { readWasmFiles } from "./wasm-files.ts";
import { sendWorkspaceFiles } from "./workspace-files.ts";

export function activate(context: ExtensionContext): Promise<void> {
  return activateExtension(context, {
    programs: undefined,
    async createClient({ extensionUri }, log) {
      const wasm = await readWasmFiles(extensionUri);
      const server = async () =>
        new Worker(Uri.joinPath(extensionUri, "dist/server/worker.js").toString(true));
      const client = new LanguageClient(
        clientId,
        clientName,
        server,
        clientOptions(log, { commands: false, wasm }),
      );
      context.subscriptions.push(sendWorkspaceFiles(client, log));
      return client;
    },
  });
}
